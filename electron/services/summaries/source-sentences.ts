import { sentenceSpans, trimmedSpan } from '../../shared/sentences.ts';
import type { Span } from '../../shared/sentences.ts';

/** Longer ones are tables or lists without stops: they are taken line by line, so that a quote stays short. */
const longestSentence = 500;

function* pieces(text: string, { start, end }: Span): Generator<Span> {
  for (let from = start; from < end;) {
    const limit = Math.min(end, from + longestSentence);
    const line = text.lastIndexOf('\n', limit - 1);
    const space = text.lastIndexOf(' ', limit - 1);
    const cut = limit === end ? end : line > from ? line + 1 : space > from ? space + 1 : limit;
    const span = trimmedSpan(text, from, cut);
    if (span) yield span;
    from = cut;
  }
}

/** The sentences of a stretch, as they can be quoted: at most 500 characters each. */
export function sourceSentences(text: string, stretch: Span): readonly Span[] {
  return [...sentenceSpans(text, stretch.start, stretch.end)].flatMap((span) =>
    span.end - span.start > longestSentence ? [...pieces(text, span)] : [span],
  );
}

/** Words of a span on one line. */
export function wordsOf(text: string, { start, end }: Span): string {
  return text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
}
