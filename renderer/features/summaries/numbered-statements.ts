import type { FindingKind } from '../../../electron/shared/screening.ts';
import { isHiddenText, shownText } from '../../../electron/shared/shown-text.ts';
import type { SummaryQuote, SummaryStatement } from '../../../electron/shared/summary.ts';
import type { DocumentId } from '../../../electron/shared/ids.ts';
import type { EvidenceTarget } from '../../lib/evidence.ts';

/** Words of the document with the n of [n], counted from 1 over the whole summary. */
export type NumberedQuote = SummaryQuote & { readonly mark: number };

export type NumberedStatement = {
  /** Position among all statements of the summary, counted from 0. */
  readonly position: number;
  /** As it may be shown and taken elsewhere; empty where it is hidden. */
  readonly text: string;
  /** Something in it may harm, and nobody chose to see it yet. */
  readonly isHidden: boolean;
  readonly isExtract: boolean;
  readonly quotes: readonly NumberedQuote[];
};

/**
 * Numbers statements and their quotes; lists that follow each other go on counting. `allowed` is what a person chose to see
 * of what was noticed in them.
 */
export function numberStatements(
  lists: readonly (readonly SummaryStatement[])[],
  allowed: ReadonlySet<FindingKind>,
): readonly (readonly NumberedStatement[])[] {
  let position = 0;
  let mark = 0;
  return lists.map((statements) =>
    statements.map(({ text, isExtract, quotes, findings = [] }) => {
      const screened = { findings, allowed: [...allowed] };
      const numbered = quotes.map((quote) => {
        mark += 1;
        return { ...quote, mark };
      });
      position += 1;
      return {
        position: position - 1,
        text: shownText(text, screened),
        isHidden: isHiddenText(screened),
        isExtract,
        quotes: numbered,
      };
    }),
  );
}

type Source = { readonly documentId: DocumentId; readonly documentName: string };

/** A quote for the evidence column, with the other quotes of its statement below. */
export function quoteTarget(
  { documentId, documentName }: Source,
  { quotes }: NumberedStatement,
  { mark, place }: NumberedQuote,
): EvidenceTarget {
  const others = quotes.map((quote) => ({
    mark: quote.mark,
    passage: { documentId, documentName, place: quote.place, text: quote.quote },
  }));
  return { documentId, documentName, place, mark, others };
}

type Words = {
  readonly documentName: string;
  readonly placeWords: (name: string | null, place: SummaryQuote['place']) => string;
};

/** Statements that are not hidden as a text for the clipboard, each with its places in brackets, the document below. */
export function citedText(statements: readonly NumberedStatement[], { documentName, placeWords }: Words): string {
  const shown = statements.filter(({ isHidden }) => !isHidden);
  const lines = shown.map(({ text, quotes }) => {
    const places = [...new Set(quotes.map(({ place }) => placeWords(null, place)).filter((words) => words !== ''))];
    return places.length === 0 ? `- ${text}` : `- ${text} (${places.join(', ')})`;
  });
  return `${lines.join('\n')}\n\n${documentName}\n`;
}
