import { Dialog } from '@base-ui/react/dialog';
import { Cpu, FileText, MessagesSquare, ScrollText, Settings, ShieldCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { ConversationList } from '../../features/conversations/conversation-list.tsx';
import { addressOf, pathOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { useMedia } from '../../lib/use-media.ts';
import { classNames } from '../../ui/class-names.ts';

export const wideEnoughForSide = '(min-width: 700px)';

type SidePaneProps = {
  readonly pathname: string;
  readonly currentId: ConversationId | null;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** The side bar; in a narrow window, a drawer. */
export function SidePane({ pathname, currentId, isOpen, onOpenChange }: SidePaneProps) {
  const { t } = useTranslation();
  const isWide = useMedia(wideEnoughForSide);
  const content = <SideBar pathname={pathname} currentId={currentId} />;
  if (isWide) {
    return (
      <nav
        data-landmark
        tabIndex={-1}
        aria-label={t('shell.side')}
        className="w-[clamp(208px,20vw,256px)] shrink-0 border-r border-hairline bg-side"
      >
        {content}
      </nav>
    );
  }
  const closeAfterChoice = (target: EventTarget): void => {
    if (target instanceof Element && target.closest('a') !== null) onOpenChange(false);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-30 bg-black/30" />
        <Dialog.Popup
          aria-label={t('shell.side')}
          className="sheet sheet-start fixed inset-y-0 left-0 z-40 w-[min(288px,calc(100vw-64px))] bg-side shadow-float outline-none"
          onClick={({ target }) => closeAfterChoice(target)}
        >
          <nav aria-label={t('shell.side')} className="h-full">
            {content}
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type PageLink = { readonly to: Destination; readonly icon: LucideIcon; readonly key: NavigationKey };
type NavigationKey = 'chats' | 'documents' | 'summaries' | 'models' | 'privacy' | 'settings';

const pages: readonly PageLink[] = [
  { to: { page: 'new-chat' }, icon: MessagesSquare, key: 'chats' },
  { to: { page: 'documents' }, icon: FileText, key: 'documents' },
  { to: { page: 'summaries' }, icon: ScrollText, key: 'summaries' },
  { to: { page: 'models' }, icon: Cpu, key: 'models' },
  { to: { page: 'privacy' }, icon: ShieldCheck, key: 'privacy' },
  { to: { page: 'settings' }, icon: Settings, key: 'settings' },
];

function isOnPage(path: string, pathname: string): boolean {
  if (path === '/') return pathname === '/' || pathname.startsWith('/chats/');
  return pathname === path || pathname.startsWith(`${path}/`);
}

function SideBar({ pathname, currentId }: Pick<SidePaneProps, 'pathname' | 'currentId'>) {
  const { t } = useTranslation();
  return (
    <div className="flex h-full flex-col">
      <div className="drag-region beside-window-controls flex h-11 shrink-0 items-center px-5">
        <span className="text-base font-semibold tracking-tight">Sotto</span>
      </div>
      <ConversationList currentId={currentId} />
      {/* The keys move among the links inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="shrink-0 border-t border-hairline p-2.5" onKeyDown={moveInList}>
        {pages.map(({ to, icon: Icon, key }) => {
          const isCurrent = isOnPage(pathOf(to), pathname);
          return (
            <li key={key}>
              <a
                data-list-item
                href={addressOf(to)}
                aria-current={isCurrent ? 'page' : undefined}
                className={classNames(
                  'flex h-[30px] items-center gap-2.5 rounded-md px-2.5 text-base',
                  isCurrent ? 'font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
                )}
              >
                <Icon aria-hidden size={15} strokeWidth={1.75} className={isCurrent ? 'text-accent' : 'text-faint'} />
                {t(`navigation.${key}`)}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
