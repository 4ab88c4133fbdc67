import { firstNameOf } from './first-names.ts';
import { nameWordsOf } from './name-words.ts';

/** What the grammar around a name may need. */
export type Gender = 'female' | 'male';

const beforeWoman =
  /(?<!\p{L})(?:Mrs|Ms|Miss|Lady|Dame|Frau|Fr|Madame|Mademoiselle|Mme|Mlle|Señora|Señorita|Sra|Srta|Doña|Signora|Dottoressa|Mevrouw|Mw|Pani|Liebe|Chère|Querida|Estimada|Cara|Sehr geehrte)\.?[ \u00a0](?:(?:Dr|Prof|Mag|Frau|Dipl|Ing)\.?[ \u00a0]){0,3}$/u;
const beforeMan =
  /(?<!\p{L})(?:Mr|Sir|Lord|Herrn?|Hr|Monsieur|Señor|Sr|Don|Signore?|Sig|Meneer|Dhr|Pan|Lieber|Cher|Querido|Estimado|Caro|Sehr geehrter)\.?[ \u00a0](?:(?:Dr|Prof|Mag|Herrn?|Dipl|Ing)\.?[ \u00a0]){0,3}$/u;

/** Longest form of address before a name, in characters. */
const longestTitle = 40;

/** By the form of address before the name, then by its first name in the lists; null where neither tells. */
export function genderOfName(text: string, start: number, end: number): Gender | null {
  const before = text.slice(Math.max(0, start - longestTitle), start);
  if (beforeWoman.test(before)) return 'female';
  if (beforeMan.test(before)) return 'male';
  const [first] = nameWordsOf(text.slice(start, end));
  return first === undefined ? null : (firstNameOf(first.text)?.gender ?? null);
}
