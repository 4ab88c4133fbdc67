import { dropStopWords } from './stop-words.ts';

/** Different words that a query is searched by at most; more would only slow the search of a pasted page. */
export const queryWordLimit = 64;
/** Words in quotation marks that a query is searched by at most; a longer quotation is looked for by its beginning. */
const phraseWordLimit = 32;

/** What stands between quotation marks of one kind, of English, German and French. An opening mark alone is none. */
const quotation = /"([^"]*)"|“([^”“]*)”|„([^“”„]*)[“”]|«([^»]*)»|»([^«]*)«/gu;

const toWords = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
/** Letters, digits and marks only: nothing in it is an operator. */
const quoted = (words: readonly string[]): string => `"${words.join(' ')}"`;

/**
 * A question as a query of SQLite's full-text search: any of its words, and what stands in quotation marks as it stands
 * there. Null when it has no word.
 */
export function toFullTextQuery(question: string): string | null {
  const phrases = new Set<string>();
  let phraseWords = 0;
  const rest = question.replace(quotation, (all: string, ...groups: readonly unknown[]) => {
    const inside = groups.slice(0, 5).find((group) => typeof group === 'string');
    const words = toWords(typeof inside === 'string' ? inside : '').slice(0, phraseWordLimit - phraseWords);
    phraseWords += words.length;
    if (words.length > 0) phrases.add(quoted(words));
    return words.length > 0 ? ' ' : all;
  });
  const words = dropStopWords([...new Set(toWords(rest))]).slice(0, queryWordLimit);
  const anyOf = words.map((word) => quoted([word]));
  if (phrases.size === 0) return anyOf.length > 0 ? anyOf.join(' OR ') : null;
  const required = [...phrases].join(' AND ');
  // The other words only help to order what has the phrases.
  return words.length === 0 ? required : `${required} AND (${[...phrases, ...anyOf].join(' OR ')})`;
}
