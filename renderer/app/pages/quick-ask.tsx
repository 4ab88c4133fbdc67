import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useAccess, useConnectionState } from '../../api/use-live.ts';
import { QuickAskClosed } from '../../features/quick-ask/quick-ask-closed.tsx';
import { QuickAskPage } from '../../features/quick-ask/quick-ask-page.tsx';
import type { QuickAskWays } from '../../features/quick-ask/use-quick-ask.ts';
import { addressOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { OpenLinkContext } from '../../lib/external-link.ts';
import { Notifications } from '../../ui/notifications.tsx';
import { LinkDialog } from '../shell/link-dialog.tsx';
import { useActivityNotes } from '../use-activity-notes.ts';

/** Through the address, so that whoever listens to it takes the page's place. */
const goTo = (to: Destination): void => {
  window.location.hash = addressOf(to);
};

const ways: QuickAskWays = {
  toChat: (conversationId) => goTo({ page: 'chat', conversationId }),
  toPage: (page) => goTo({ page: page === 'chat' ? 'new-chat' : page }),
};

/** Quick-ask: a page of its own, without the frame of the others, in a small window where there is a desktop. */
export function QuickAsk({ refused }: { readonly refused: ReactNode }) {
  const { forget, door } = useApi();
  const access = useAccess();
  const connection = useConnectionState();
  const isOpen = access?.state === 'open';
  useEffect(() => {
    if (!isOpen) return undefined;
    return forget;
  }, [isOpen, forget]);
  if (connection === 'refused') return refused;
  if (!isOpen) {
    return <QuickAskClosed access={access} onOpen={door.kind === 'desktop' ? null : () => ways.toPage('chat')} />;
  }
  return (
    <Notifications>
      <OpenQuickAsk />
    </Notifications>
  );
}

function OpenQuickAsk() {
  const [address, setAddress] = useState<string | null>(null);
  useActivityNotes();
  return (
    <OpenLinkContext value={setAddress}>
      <QuickAskPage ways={ways} />
      <LinkDialog address={address} onClose={() => setAddress(null)} />
    </OpenLinkContext>
  );
}
