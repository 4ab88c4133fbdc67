import { contentWords, digitsIn } from '../../shared/content-words.ts';

/** What a title may have of words, and of characters. */
const [fewestWords, mostWords, mostCharacters] = [2, 8, 70] as const;

/** Share of a title's content words that must stand in the conversation: a small model likes to make things up. */
const sharedWords = 0.6;

/** A title about the conversation instead of its matter. */
const aboutTalking =
  /^(?:an? |the |eine? |das |die )?(?:conversation|chat|discussion|dialogue|question|user|assistant|title|unterhaltung|gespräch|diskussion|frage|titel|nutzer|benutzer|assistent)\b/i;

/** Stems are rough: `watering` and `water` have different ones, of which one begins the other. */
function isSameWord(one: string, other: string): boolean {
  const isLong = Math.min(one.length, other.length) >= 3;
  return one === other || (isLong && (one.startsWith(other) || other.startsWith(one)));
}

/** A title that may stand over a conversation in which `text` was said, tidied; null for one that would say nothing or too much. */
export function checkTitle(written: string, text: string): string | null {
  const title = written
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.:;,!\s]+$/, '');
  const words = title.split(' ').filter((word) => word !== '');
  const isShort = words.length >= fewestWords && words.length <= mostWords && title.length <= mostCharacters;
  if (!isShort || /["“”„«»‘`*#<>{}[\]|\\\p{Cc}]/u.test(title) || aboutTalking.test(title)) return null;
  const said = [...contentWords(text)];
  const own = [...contentWords(title)];
  const shared = own.filter((word) => said.some((other) => isSameWord(word, other))).length;
  if (own.length === 0 || shared / own.length < sharedWords) return null;
  const numbers = digitsIn(text);
  return [...digitsIn(title)].every((number) => numbers.has(number)) ? title : null;
}
