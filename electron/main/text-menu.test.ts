import type { EditFlags } from 'electron';
import { describe, expect, it } from 'vitest';
import { createWords } from '../shared/words.ts';
import { textMenuTemplate, type ClickedText } from './text-menu.ts';

const t = createWords('en').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
const all: EditFlags = {
  canUndo: true,
  canRedo: true,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};
const field: ClickedText = {
  isEditable: true,
  editFlags: all,
  selectionText: 'word',
  misspelledWord: '',
  dictionarySuggestions: [],
};

/** Labels, with a minus for those that cannot be chosen. */
function labels(clicked: ClickedText, replaceWord: (word: string) => void = () => undefined): readonly string[] | null {
  const template = textMenuTemplate(t, clicked, replaceWord);
  if (template === null) return null;
  return template
    .filter(({ type }) => type !== 'separator')
    .map(({ label, enabled }) => `${enabled === false ? '-' : ''}${label}`);
}

describe('textMenuTemplate', () => {
  it('edits a field', () => {
    expect(labels(field)).toEqual(['Undo', 'Cut', 'Copy', 'Paste', 'Select all']);
  });

  it('offers only what can be done', () => {
    const nothing = { ...all, canUndo: false, canCut: false, canCopy: false, canPaste: false };
    expect(labels({ ...field, editFlags: nothing, selectionText: '' })).toEqual([
      '-Undo',
      '-Cut',
      '-Copy',
      '-Paste',
      'Select all',
    ]);
  });

  it('copies from a text that cannot be changed, and has no menu where nothing is selected', () => {
    expect(labels({ ...field, isEditable: false })).toEqual(['Copy']);
    expect(labels({ ...field, isEditable: false, selectionText: '' })).toBeNull();
  });

  it('suggests five words at most, and puts the chosen one in', () => {
    const replaced: string[] = [];
    const clicked = {
      ...field,
      misspelledWord: 'wrod',
      dictionarySuggestions: ['word', 'rod', 'wood', 'wad', 'wry', 'row'],
    };
    expect(labels(clicked)?.slice(0, 6)).toEqual(['word', 'rod', 'wood', 'wad', 'wry', 'Undo']);
    const [first] = textMenuTemplate(t, clicked, (word) => void replaced.push(word)) ?? [];
    if (first?.click !== undefined) Reflect.apply(first.click, undefined, []);
    expect(replaced).toEqual(['word']);
    expect(labels({ ...clicked, dictionarySuggestions: [] })?.[0]).toBe('-No suggestions');
  });
});
