import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccessState } from '../../../electron/shared/access.ts';
import { useApi } from '../../api/api-context.tsx';
import { Button } from '../../ui/button.tsx';
import { QuickFrame } from './quick-frame.tsx';

type QuickAskClosedProps = {
  readonly access: AccessState | undefined;
  /** Goes where the chats are opened; null where the main window is that place. */
  readonly onOpen: (() => void) | null;
};

function reasonOf(access: AccessState | undefined): 'opening' | 'locked' | 'broken' {
  if (access?.state === 'locked') return 'locked';
  return access?.state === 'damaged' || access?.state === 'failed' ? 'broken' : 'opening';
}

/** Why nothing can be asked now, and where that is changed. */
export function QuickAskClosed({ access, onOpen }: QuickAskClosedProps) {
  const { t } = useTranslation('quickAsk');
  const { client, door } = useApi();
  const reason = reasonOf(access);
  const onKeyDown = ({ key }: { readonly key: string }): void => {
    if (key === 'Escape' && door.kind === 'desktop') client.quickAsk.hide().catch(() => undefined);
  };
  return (
    <QuickFrame onKeyDown={onKeyDown}>
      <div className="flex items-center gap-3 px-5 py-4" aria-busy={reason === 'opening'}>
        <Lock aria-hidden size={18} strokeWidth={1.6} className="shrink-0 text-soft" />
        <p role="status" className={reason === 'opening' ? 'appears-late text-base text-soft' : 'text-base'}>
          {t(`closed.${reason}`)}
        </p>
        {onOpen === null || reason === 'opening' ? null : (
          <Button className="ml-auto" onClick={onOpen}>
            {t('toApp')}
          </Button>
        )}
      </div>
    </QuickFrame>
  );
}
