import { firstNameOf } from './first-names.ts';
import { nameWordsOf } from './name-words.ts';

/** What the grammar around a name may need; `several` for a family or a couple. */
export type PersonForm = 'female' | 'male' | 'several';

const beforeSeveral =
  /(?<!\p{L})(?:Famil(?:ie|y|le|ia)|Famiglia|Fam\.|Eheleuten?|Ehepaar|Geschwistern?|(?:Mr|Herrn?|Monsieur|M|Señor|Sr|Signor|Sig)\.? (?:and|&|und|et|y|e) (?:Mrs|Ms|Frau|Madame|Mme|Señora|Sra|Signora|Sig\.ra)\.?)[ \u00a0]$/u;
/** French and Spanish names have no ending of several. */
const afterPluralArticle = /(?<!\p{L})(?:les|los)[ \u00a0]$/iu;
/** `the Smiths`, `die Schneiders`: the ending stands behind the name. */
const severalAround = [/(?<!\p{L})(?:the|die|den|der|dei|gli)[ \u00a0]$/iu, /^(?:e?s)(?!\p{L})/u] as const;

const beforeWoman =
  /(?<!\p{L})(?:Mrs|Ms|Miss|Lady|Dame|Frau|Fr|Madame|Mademoiselle|Mme|Mlle|Señora|Señorita|Sra|Srta|Doña|Signora|Dottoressa|Mevrouw|Mw|Pani|Liebe|Chère|Querida|Estimada|Cara|Sehr geehrte)\.?[ \u00a0](?:(?:Dr|Prof|Mag|Frau|Dipl|Ing)\.?[ \u00a0]){0,3}$/u;
const beforeMan =
  /(?<!\p{L})(?:Mr|Sir|Lord|Herrn?|Hr|Monsieur|Señor|Sr|Don|Signore?|Sig|Meneer|Dhr|Pan|Lieber|Cher|Querido|Estimado|Caro|Sehr geehrter)\.?[ \u00a0](?:(?:Dr|Prof|Mag|Herrn?|Dipl|Ing)\.?[ \u00a0]){0,3}$/u;

/** Longest form of address before a name, in characters. */
const longestTitle = 40;

/** By the form of address before the name, then by its first name in the lists; null where neither tells. */
export function formOfName(text: string, start: number, end: number): PersonForm | null {
  const before = text.slice(Math.max(0, start - longestTitle), start);
  const [article, ending] = severalAround;
  if (
    beforeSeveral.test(before) ||
    afterPluralArticle.test(before) ||
    (article.test(before) && ending.test(text.slice(end, end + 4)))
  )
    return 'several';
  if (beforeWoman.test(before)) return 'female';
  if (beforeMan.test(before)) return 'male';
  const [first] = nameWordsOf(text.slice(start, end));
  return first === undefined ? null : (firstNameOf(first.text)?.gender ?? null);
}
