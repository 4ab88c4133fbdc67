import type { Redactor } from './create-redactor.ts';
import { nameOfMatch, placeholderLabels, placeholderPattern } from './placeholder.ts';

/** Longest tail that can still become a placeholder, in characters. */
const longestTail = 40;

/** How a placeholder may begin: escaped or not, with a bracket or without. */
const openTail = /\\?\[?[A-Z0-9_\\]*$/u;

/** Puts the originals back. What looks like a placeholder and was never given stays as it is. */
export function restoreText(text: string, redactor: Pick<Redactor, 'originalOf'>): string {
  let restored = '';
  let at = 0;
  for (const { 0: whole, index, groups } of text.matchAll(placeholderPattern)) {
    restored += text.slice(at, index) + (redactor.originalOf(nameOfMatch(groups)) ?? whole);
    at = index + whole.length;
  }
  return restored + text.slice(at);
}

/** Restores a text that comes in pieces: what could be the beginning of a placeholder waits for the next piece. */
export type RestoringStream = {
  /** What can be shown now. */
  push(piece: string): string;
  /** What waited. */
  end(): string;
};

function canBecomePlaceholder(tail: string): boolean {
  const name = tail.replace(/^\\?\[?/, '').replaceAll('\\', '');
  if (name === '') return tail !== '';
  return placeholderLabels.some((label) =>
    name.length <= label.length
      ? label.startsWith(name)
      : name.startsWith(label) && /^_?\d*(?:_\d*)?$/.test(name.slice(label.length)),
  );
}

/** A stream of its own for each answer. */
export function createRestoringStream(redactor: Pick<Redactor, 'originalOf'>): RestoringStream {
  let waiting = '';
  // The character before what waits: a name inside a word is none.
  let before = '';
  const give = (text: string): string => {
    if (text === '') return '';
    const restored = restoreText(`${before}${text}`, redactor).slice(before.length);
    before = text.at(-1) ?? before;
    return restored;
  };
  return {
    push: (piece) => {
      const text = waiting + piece;
      const tail = openTail.exec(text.slice(-longestTail))?.[0] ?? '';
      const isOpen = tail !== '' && canBecomePlaceholder(tail);
      waiting = isOpen ? tail : '';
      return give(isOpen ? text.slice(0, text.length - tail.length) : text);
    },
    end: () => {
      const rest = waiting;
      waiting = '';
      return give(rest);
    },
  };
}
