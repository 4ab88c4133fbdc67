import type Electron from 'electron';
import type { Words } from '../shared/words.ts';

/** More would push the other entries away. */
const suggestionLimit = 5;

/** What was clicked on, as Electron tells it. */
export type ClickedText = Pick<
  Electron.ContextMenuParams,
  'isEditable' | 'editFlags' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions'
>;

/**
 * The menu of a text: suggestions for a word that the dictionary does not know, then what can be done with the selection. Null where
 * there is nothing to do, as on a picture.
 */
export function textMenuTemplate(
  t: Words,
  { isEditable, editFlags, selectionText, misspelledWord, dictionarySuggestions }: ClickedText,
  replaceWord: (word: string) => void,
): readonly Electron.MenuItemConstructorOptions[] | null {
  const copy: Electron.MenuItemConstructorOptions = {
    role: 'copy',
    label: t('menu:edit.copy'),
    enabled: editFlags.canCopy && selectionText !== '',
  };
  if (!isEditable) return copy.enabled === true ? [copy] : null;
  const suggestions = dictionarySuggestions.slice(0, suggestionLimit);
  const words: readonly Electron.MenuItemConstructorOptions[] = suggestions.map((word) => ({
    label: word,
    click: () => replaceWord(word),
  }));
  const noWords: Electron.MenuItemConstructorOptions = { label: t('menu:text.noSuggestions'), enabled: false };
  return [
    ...(misspelledWord === '' ? [] : [...(words.length > 0 ? words : [noWords]), { type: 'separator' as const }]),
    { role: 'undo', label: t('menu:edit.undo'), enabled: editFlags.canUndo },
    { type: 'separator' },
    { role: 'cut', label: t('menu:edit.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: t('menu:edit.paste'), enabled: editFlags.canPaste },
    { role: 'selectAll', label: t('menu:edit.selectAll'), enabled: editFlags.canSelectAll },
  ];
}

/** Gives every page of the app, now and later, the menu of a text. `words` are those of the moment. */
export function showTextMenus({ app, Menu }: Pick<typeof Electron, 'app' | 'Menu'>, words: () => Words): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_menuEvent, clicked) => {
      const template = textMenuTemplate(words(), clicked, (word) => contents.replaceMisspelling(word));
      if (template !== null) Menu.buildFromTemplate([...template]).popup();
    });
  });
}
