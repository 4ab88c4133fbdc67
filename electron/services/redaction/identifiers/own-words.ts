import type { Identifier, IdentifierFinder } from '../identifier.ts';

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Lower case where that keeps every character in its place, as it does for all but a few letters. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** Where the fragments stand from `at` on, with any white space between them; null where they do not. */
function endOf(plain: string, at: number, fragments: readonly string[]): number | null {
  const gap = /\s+/y;
  let end = at;
  for (const [index, fragment] of fragments.entries()) {
    if (index > 0) {
      gap.lastIndex = end;
      const space = gap.exec(plain);
      if (space === null) return null;
      end += space[0].length;
    }
    if (!plain.startsWith(fragment, end)) return null;
    end += fragment.length;
  }
  return isLetter(plain[end]) ? null : end;
}

/** Words of the person's own list, whole and whatever their case; spaces match any white space. Two thousand are read as fast as one. */
export function findOwnWords(words: readonly string[]): IdentifierFinder {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const word of words) {
    const fragments = lowered(word.trim()).split(/\s+/);
    const [first = ''] = fragments;
    if (first === '') continue;
    const list = byFirst.get(first);
    if (list === undefined) byFirst.set(first, [fragments]);
    else list.push(fragments);
  }
  const lengths = [...new Set([...byFirst.keys()].map((first) => first.length))];
  if (lengths.length === 0) return () => [];
  return (text) => {
    const plain = lowered(text);
    const found: Identifier[] = [];
    for (let at = 0; at < plain.length; at += 1) {
      if (isLetter(plain[at - 1])) continue;
      const ends = lengths.flatMap((length) =>
        (byFirst.get(plain.slice(at, at + length)) ?? []).flatMap((fragments) => endOf(plain, at, fragments) ?? []),
      );
      if (ends.length === 0) continue;
      const end = Math.max(...ends);
      found.push({ kind: 'own-word', start: at, end });
      at = end - 1;
    }
    return found;
  };
}
