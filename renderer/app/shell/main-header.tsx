import { PanelLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { ConversationTitle } from '../../features/conversations/conversation-title.tsx';
import { useMedia } from '../../lib/use-media.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { wideEnoughForSide } from './side-pane.tsx';

type MainHeaderProps = { readonly conversationId: ConversationId | null; readonly onOpenSide: () => void };

/** The strip at the head of the reading column: moves the window, names the conversation. */
export function MainHeader({ conversationId, onOpenSide }: MainHeaderProps) {
  const { t } = useTranslation();
  const hasSide = useMedia(wideEnoughForSide);
  return (
    <div
      className={classNames(
        'drag-region before-window-controls flex h-11 shrink-0 items-center gap-1 px-4',
        !hasSide && 'beside-window-controls',
      )}
    >
      {hasSide ? null : (
        <IconButton icon={PanelLeft} label={t('shell.openSide')} className="-ml-2" onClick={onOpenSide} />
      )}
      {conversationId === null ? null : <ConversationTitle key={conversationId} conversationId={conversationId} />}
      <div data-page-tools className="ml-auto flex shrink-0 items-center" />
    </div>
  );
}
