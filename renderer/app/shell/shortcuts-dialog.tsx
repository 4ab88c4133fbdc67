import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescription } from '../../api/use-live.ts';
import { useGo } from '../../lib/destination.ts';
import { useShortcut, useShortcutWords } from '../../lib/shortcut.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** All keys in one list; opens with ? or with the command key and /. */
export function ShortcutsDialog() {
  const { t } = useTranslation();
  const go = useGo();
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  const popup = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useShortcut('/', () => setOpen(true));
  useShortcut(',', () => go({ page: 'settings' }));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isWriting(event.target)) setOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  const rows = [
    [t('shortcuts.newChat'), keys('n')],
    [t('shortcuts.search'), keys('k')],
    [t('shortcuts.settings'), keys(',')],
    [t('shortcuts.send'), 'Enter'],
    [t('shortcuts.newLine'), `${t('shortcuts.shift')}+Enter`],
    [t('shortcuts.stop'), 'Esc'],
    [t('shortcuts.rename'), 'F2'],
    [t('shortcuts.list'), '↑ ↓'],
    [t('shortcuts.regions'), 'F6'],
    [t('shortcuts.help'), keys('/')],
  ] as const;
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          className="popup fixed top-1/2 left-1/2 z-50 max-h-[calc(100vh-48px)] w-[min(400px,calc(100vw-32px))] -translate-1/2 overflow-y-auto rounded-lg bg-raised p-5 shadow-float outline-none"
        >
          <div className="mb-2 flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('shortcuts.title')}</Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <dl>
            {rows.map(([what, written]) => (
              <div key={what} className="flex min-h-9 items-center justify-between gap-4 border-t border-hairline">
                <dt className="text-base text-soft">{what}</dt>
                <dd>
                  <KeyHint>{written}</KeyHint>
                </dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
