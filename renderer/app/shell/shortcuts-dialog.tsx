import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useGo } from '../../lib/destination.ts';
import { useShortcut } from '../../lib/shortcut.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ShortcutList } from './shortcut-list.tsx';

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

type ShortcutsDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** All keys in one list; opens with ? or with the command key and /. */
export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  const { t } = useTranslation();
  const go = useGo();
  const popup = useRef<HTMLDivElement>(null);
  const open = useEffectEvent(() => onOpenChange(true));
  useShortcut('/', () => onOpenChange(true));
  useShortcut(',', () => go({ page: 'settings' }));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isWriting(event.target)) open();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          className="popup fixed top-1/2 left-1/2 z-50 max-h-[calc(100vh-48px)] w-[min(440px,calc(100vw-32px))] -translate-1/2 overflow-y-auto rounded-lg bg-raised p-5 shadow-float outline-none"
        >
          <div className="mb-4 flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('shortcuts.title')}</Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <ShortcutList />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
