import type { Redactor } from './create-redactor.ts';
import { mayBecomePlaceholder, nameOfMatch, placeholderPattern } from './placeholder.ts';

/** Longest tail that can still become a placeholder, in characters. */
const longestTail = 40;

/** How a placeholder may begin: in a bracket, escaped or not, and without one. */
const openTails: readonly RegExp[] = [/\\?\[ ?[A-Za-z0-9_ \\-]*$/u, /[A-Z0-9_\\]+s?$/u];

/** What may become a placeholder at the end of a text, the longest; empty where nothing can. */
function openTailOf(text: string): string {
  const end = text.slice(-longestTail);
  return openTails.map((form) => form.exec(end)?.[0] ?? '').find((tail) => mayBecomePlaceholder(tail)) ?? '';
}

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
      waiting = openTailOf(text);
      return give(text.slice(0, text.length - waiting.length));
    },
    end: () => {
      const rest = waiting;
      waiting = '';
      return give(rest);
    },
  };
}
