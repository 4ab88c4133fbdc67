import type { CitedPassage, Passage } from '../../shared/document.ts';
import type { SentenceCheck } from '../../shared/message.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import { cite, withoutSentences } from './cite-evidence.ts';

/** A sentence as it stands in a passage; one that is not `isVerbatim` says it in other words. Verbatim by default. */
export type Quote = {
  readonly text: string;
  readonly passage: Passage;
  readonly score: number;
  readonly isVerbatim?: boolean;
};

/** Quotes under a name; a name without quotes says that nothing was found there. */
export type QuoteGroup = { readonly name: string; readonly quotes: readonly Quote[] };

/** A list as text, with the checks and passages that belong to it. */
type QuotedList = {
  readonly text: string;
  readonly checks: readonly SentenceCheck[];
  readonly passages: readonly CitedPassage[];
};

/** Markdown in a quotation would be set as markup: what could begin some is taken literally. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([\\`*_<>|~])/g, '\\$1')
    .trim();

/** Composes the list: one line a quote, each with the mark of its passage; names only where there are several. */
export function composeQuotes(groups: readonly QuoteGroup[]): QuotedList {
  const passages: CitedPassage[] = [];
  const checks: SentenceCheck[] = [];
  let text = '';
  const markOf = ({ passage, score }: Quote): number => {
    const known = passages.find((one) => one.passage.id === passage.id);
    if (known) return known.mark;
    passages.push({ mark: passages.length + 1, passage, score });
    return passages.length;
  };
  for (const { name, quotes } of groups) {
    if (groups.length > 1)
      text += `${text === '' ? '' : '\n'}**${plain(name)}**\n\n${quotes.length === 0 ? '–\n' : ''}`;
    for (const quote of quotes) {
      const mark = markOf(quote);
      const said = quote.isVerbatim === false ? plain(quote.text) : `“${plain(quote.text)}”`;
      const line = `${said} [${mark}]`;
      const start = text.length + 2;
      text += `- ${line}\n`;
      checks.push({ start, end: start + line.length, isSupported: true, marks: [mark] });
    }
  }
  return { text: text.trimEnd(), checks, passages };
}

/** Shows a list of quotes as the answer, with its citations. */
export function showQuotes(answer: GrowingAnswer, groups: readonly QuoteGroup[]): void {
  const { text, checks, passages } = composeQuotes(groups);
  answer.write({ type: 'passages', passages: passages.map(withoutSentences) });
  answer.addText(text);
  answer.setChecks(checks);
  cite(
    answer,
    passages,
    passages.map(({ mark }) => mark),
  );
}
