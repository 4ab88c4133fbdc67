import { useTranslation } from 'react-i18next';
import { assertNever } from '../../../electron/shared/assert-never.ts';
import type { WindowPage, WindowRequest } from '../../../electron/shared/desktop.ts';
import { useWindowRequests } from '../../api/use-desktop.ts';
import type { ShellOffer } from '../../features/dropping/use-file-offer.tsx';
import { useGo } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { callShortcut } from '../../lib/shortcut.ts';
import { usePrefill } from '../../lib/use-prefill.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** What the shell may show; nothing of it needs more than its name. */
function destinationOf(page: WindowPage): Destination {
  return page === 'chat' ? { page: 'new-chat' } : { page };
}

/** Answers what menus, the tray, links and arguments ask of the main window. Nothing is sent, read or opened by it. */
export function useShellRequests(offerFiles: (offer: ShellOffer) => void): void {
  const { t } = useTranslation('desktop');
  const go = useGo();
  const notify = useNotify();
  const prefill = usePrefill();

  const answer = (request: WindowRequest): void => {
    switch (request.type) {
      case 'prefill':
        return prefill(request.text);
      case 'offer-files':
        return offerFiles(request);
      case 'show-page':
        return go(destinationOf(request.page));
      case 'show-conversation':
        return go({ page: 'chat', conversationId: request.conversationId });
      case 'new-chat':
        return go({ page: 'new-chat' });
      case 'find':
        // Without a chat to look through, all of them are.
        return callShortcut('f') ? undefined : go({ page: 'search', query: '' });
      case 'request-refused':
        return notify({ text: t(`refused.${request.reason}`), isProblem: true });
      case 'quick-ask-shown':
        // Of the other window.
        return undefined;
      default:
        return assertNever(request);
    }
  };
  useWindowRequests('main', answer);
}
