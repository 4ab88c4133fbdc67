import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescription } from '../../api/use-live.ts';
import { useShortcutWords } from '../../lib/shortcut.ts';
import { KeyHint } from '../../ui/key-hint.tsx';

type Row = readonly [what: string, ...keys: readonly string[]];

/** The keys of the window by where they work; a row may have more than one key for the same. */
function useShortcutGroups(): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const { t } = useTranslation();
  const description = useDescription();
  const keys = useShortcutWords(description?.operatingSystem);
  const isApple = keys('n').startsWith('⌘');
  const shift = (key: string): string => (isApple ? `⇧${key}` : `${t('shortcuts.shift')}+${key}`);
  const alt = (key: string): string => (isApple ? `⌥${key}` : `${t('shortcuts.alt')}+${key}`);
  // A browser has these keys for itself.
  const ofMenu: readonly Row[] =
    description?.door === 'window'
      ? [
          [t('shortcuts.openFile'), keys('o')],
          [t('shortcuts.pages'), `${keys('1')} – ${keys('5')}`],
        ]
      : [];
  return [
    {
      title: t('shortcuts.groups.everywhere'),
      rows: [
        [t('shortcuts.search'), keys('k')],
        [t('shortcuts.newChat'), keys('n')],
        ...ofMenu,
        [t('shortcuts.settings'), keys(',')],
        [t('shortcuts.lock'), keys('shift+l')],
        [t('shortcuts.regions'), 'F6'],
        [t('shortcuts.previousRegion'), shift('F6')],
        [t('shortcuts.close'), 'Esc'],
        [t('shortcuts.help'), '?', keys('/')],
      ],
    },
    {
      title: t('shortcuts.groups.writing'),
      rows: [
        [t('shortcuts.send'), 'Enter'],
        [t('shortcuts.newLine'), shift('Enter')],
        [t('shortcuts.presets'), '/'],
      ],
    },
    {
      title: t('shortcuts.groups.reading'),
      rows: [
        [t('shortcuts.find'), keys('f')],
        [t('shortcuts.nextMatch'), 'Enter', shift('Enter')],
        [t('shortcuts.messages'), 'J', 'K', alt('↓'), alt('↑')],
      ],
    },
    {
      title: t('shortcuts.groups.chats'),
      rows: [
        [t('shortcuts.list'), '↑', '↓'],
        [t('shortcuts.ends'), t('shortcuts.home'), t('shortcuts.end')],
        [t('shortcuts.folder'), '→', '←'],
        [t('shortcuts.rename'), 'F2'],
        [t('shortcuts.delete'), t('shortcuts.deleteKey')],
      ],
    },
  ];
}

/** All keys of the window. */
export function ShortcutList() {
  const groups = useShortcutGroups();
  const id = useId();
  return (
    <div className="flex w-full flex-col gap-4">
      {groups.map(({ title, rows }, index) => (
        <section key={title} aria-labelledby={`${id}-${index}`}>
          <h3 id={`${id}-${index}`} className="pb-1 text-sm font-medium text-faint">
            {title}
          </h3>
          <dl>
            {rows.map(([what, ...written]) => (
              <div key={what} className="flex min-h-9 items-center justify-between gap-4 border-t border-hairline">
                <dt className="text-base text-soft">{what}</dt>
                <dd className="flex shrink-0 flex-wrap justify-end gap-1">
                  {written.map((key) => (
                    <KeyHint key={key}>{key}</KeyHint>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
