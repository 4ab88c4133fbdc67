import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { AccessState, ErasureReport } from '../../../electron/shared/access.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAccess, useConnectionState } from '../../api/use-live.ts';
import { DamagedPage } from './damaged-page.tsx';
import { ErasureDialog } from './erasure-dialog.tsx';
import { ShowErasureContext } from './erasure-context.ts';
import { FailedPage } from './failed-page.tsx';
import { LockedPage } from './locked-page.tsx';
import { OpeningPage } from './opening-page.tsx';

type AccessGateProps = {
  /** Shown to a page that the app does not let in. */
  readonly refused: ReactNode;
  readonly children: ReactNode;
};

/** The window's pages while chats are open; before and between, one page that says what opens them. */
export function AccessGate({ refused, children }: AccessGateProps) {
  const { forget } = useApi();
  const access = useAccess();
  const connection = useConnectionState();
  const [erasure, setErasure] = useState<ErasureReport | null>(null);
  const isOpen = access?.state === 'open';
  useEffect(() => {
    if (!isOpen) return undefined;
    // The pages are gone by then, so nothing asks again for what is dropped here.
    return forget;
  }, [isOpen, forget]);
  if (connection === 'refused') return refused;
  return (
    <ShowErasureContext value={setErasure}>
      {isOpen ? children : <ClosedPage access={access} />}
      {erasure === null ? null : <ErasureDialog report={erasure} onClose={() => setErasure(null)} />}
    </ShowErasureContext>
  );
}

function ClosedPage({ access }: { readonly access: AccessState | undefined }) {
  switch (access?.state) {
    case undefined:
    case 'open':
    case 'opening':
      return <OpeningPage />;
    case 'locked':
      return <LockedPage locked={access} />;
    case 'damaged':
      return <DamagedPage damaged={access} />;
    case 'failed':
      return <FailedPage error={access.error} />;
  }
}
