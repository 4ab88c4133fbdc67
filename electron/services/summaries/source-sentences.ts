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

/** Who speaks, at the beginning of a line of minutes: `Anna Berger:` or `[12] Chair:`. */
const speaker = /\n(?=[^\S\n]*(?:\[\d+\]\s*)?\p{Lu}[\p{L}\p{N} .'’-]{0,40}:\s)/gu;

/** Who speaks next ends the sentence before, whether or not it has a stop. */
function* turnsOf(text: string, { start, end }: Span): Generator<Span> {
  let from = start;
  for (const match of text.slice(start, end).matchAll(speaker)) {
    yield { start: from, end: start + match.index };
    from = start + match.index;
  }
  yield { start: from, end };
}

/** The sentences of a stretch, as they can be quoted: at most 500 characters each, of one speaker. */
export function sourceSentences(text: string, stretch: Span): readonly Span[] {
  return [...turnsOf(text, stretch)].flatMap((turn) =>
    [...sentenceSpans(text, turn.start, turn.end)].flatMap((span) =>
      span.end - span.start > longestSentence ? [...pieces(text, span)] : [span],
    ),
  );
}

/** Words of a span on one line. */
export function wordsOf(text: string, { start, end }: Span): string {
  return text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
}
