import { contentWords } from '../../shared/content-words.ts';
import { sentenceSpans } from '../../shared/sentences.ts';

/** Why words that all stand in a passage may still say something else than the passage. */
export type Doubt = 'negation' | 'subject';

const negation =
  /\b(?:not|no|never|neither|nor|none|without|cannot|nobody|nothing|forbidden|prohibited|nicht|kein(?:e[nrsm]?)?|nie|niemals|niemand|ohne|weder|verboten)\b|n['’]t\b/iu;

/** Where one statement of a sentence ends and the next begins. */
const clauseEnd = /[,;:–—()]\s*|\s(?:and|but|or|while|whereas|und|aber|oder|während|sondern)\s/giu;

const pronoun = /^\W*(?:it|its|they|their|this|these|that|those|he|she|er|sie|es|dies|diese[rsnm]?|das)\b/iu;

const shared = (words: ReadonlySet<string>, text: string): number => {
  const known = contentWords(text);
  return [...words].filter((word) => known.has(word)).length;
};

function nearest(words: ReadonlySet<string>, texts: readonly string[]): { readonly text: string; readonly at: number } {
  const counts = texts.map((text) => shared(words, text));
  const at = counts.indexOf(Math.max(...counts));
  return { text: texts[at] ?? '', at };
}

/** Content words before the verb, about: the first one or two of a statement. */
function subjectOf(statement: string): string | null {
  const [first] =
    statement.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’/-]*/gu)?.filter((word) => contentWords(word).size) ?? [];
  return first === undefined ? null : ([...contentWords(first)][0] ?? null);
}

/**
 * What is doubtful of a statement whose words a passage has: `negation` when the nearest clause of the passage denies
 * what the statement affirms, or the other way round; `subject` when what the statement begins with stands in another sentence of
 * the passage than the rest of it, so that it may be said of somebody else. Null when neither.
 */
export function findDoubt(statement: string, passage: string): Doubt | null {
  const words = contentWords(statement);
  const sentences = [...sentenceSpans(passage)].map(({ start, end }) => passage.slice(start, end));
  if (words.size < 2 || sentences.length === 0) return null;
  const { text, at } = nearest(words, sentences);
  // The clause tells what is denied; a statement of several clauses is compared with the whole sentence.
  const clauses = text.split(clauseEnd).filter((clause) => contentWords(clause).size > 0);
  const isOneClause = statement.split(clauseEnd).filter((clause) => contentWords(clause).size > 0).length === 1;
  const clause = isOneClause && clauses.length > 0 ? nearest(words, clauses).text : text;
  if (isOneClause && shared(words, clause) >= 2 && negation.test(clause) !== negation.test(statement))
    return 'negation';
  const subject = subjectOf(statement);
  if (subject === null || contentWords(text).has(subject) || pronoun.test(text)) return null;
  const rest = new Set([...words].filter((word) => word !== subject));
  const isElsewhere = sentences.some((other, index) => index !== at && contentWords(other).has(subject));
  return isElsewhere && shared(rest, text) >= Math.max(2, rest.size * 0.6) ? 'subject' : null;
}
