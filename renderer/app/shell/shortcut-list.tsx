import { useTranslation } from 'react-i18next';
import { useDescription } from '../../api/use-live.ts';
import { useShortcutWords } from '../../lib/shortcut.ts';
import { KeyHint } from '../../ui/key-hint.tsx';

/** All keys of the window. */
export function ShortcutList() {
  const { t } = useTranslation();
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  const rows = [
    [t('shortcuts.search'), keys('k')],
    [t('shortcuts.newChat'), keys('n')],
    [t('shortcuts.settings'), keys(',')],
    [t('shortcuts.lock'), keys('shift+l')],
    [t('shortcuts.send'), 'Enter'],
    [t('shortcuts.newLine'), `${t('shortcuts.shift')}+Enter`],
    [t('shortcuts.stop'), 'Esc'],
    [t('shortcuts.presets'), '/'],
    [t('shortcuts.list'), '↑ ↓'],
    [t('shortcuts.rename'), 'F2'],
    [t('shortcuts.delete'), t('shortcuts.deleteKey')],
    [t('shortcuts.regions'), 'F6'],
    [t('shortcuts.help'), `? · ${keys('/')}`],
  ] as const;
  return (
    <dl className="w-full">
      {rows.map(([what, written]) => (
        <div key={what} className="flex min-h-9 items-center justify-between gap-4 border-t border-hairline">
          <dt className="text-base text-soft">{what}</dt>
          <dd>
            <KeyHint>{written}</KeyHint>
          </dd>
        </div>
      ))}
    </dl>
  );
}
