/** A stretch of a text: `start` included, `end` excluded, in UTF-16 code units. */
export type Span = { readonly start: number; readonly end: number };

/** What ends in a full stop without ending a sentence; compared in lower case, without the stop. */
const abbreviations = new Set(
  (
    'mr mrs ms dr prof st sr jr vs etc e.g i.e cf al fig figs no nos vol pp p ed eds inc ltd co corp dept est approx ' +
    'gen col capt lt rev hon jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m ' +
    'z.b d.h u.a bzw ca vgl nr abs art hr fr usw bd aufl hrsg str tel'
  ).split(' '),
);

const terminator = /[.!?…]+["'”’»)\]]*(?=\s|$)|[。！？]+["'”’」』）]*|\n[^\S\n]*\n\s*/gu;

/** True when the stop at `index` belongs to an abbreviation or to the initial of a name. */
function isAbbreviation(text: string, index: number): boolean {
  const before = /[\p{L}.]*$/u.exec(text.slice(Math.max(0, index - 12), index))?.[0] ?? '';
  return abbreviations.has(before.toLowerCase()) || /^\p{Lu}$/u.test(before);
}

/** True when what follows the stop goes on in the same sentence: a small letter, as in `3 p.m. on Friday`. */
function continues(text: string, index: number): boolean {
  const next = /^[^\S\n]+(\S)/u.exec(text.slice(index, index + 12))?.[1];
  return next !== undefined && /^\p{Ll}$/u.test(next);
}

/**
 * Sentences between `start` and `end`, without the blank space around them. A blank line always ends one; a stop after
 * a common English or German abbreviation, after an initial, or before a small letter does not. Linear in the length.
 */
export function* sentenceSpans(text: string, start = 0, end = text.length): Generator<Span> {
  const part = start === 0 && end === text.length ? text : text.slice(start, end);
  let from = 0;
  for (const match of part.matchAll(terminator)) {
    const after = match.index + match[0].length;
    const isStop = match[0].startsWith('.') && match[0][1] !== '.';
    if (isStop && isAbbreviation(part, match.index)) continue;
    // A stop or dots before a small letter do not end a sentence, nor does a question inside quotation marks.
    if (/^[.…]|["”’»]$/.test(match[0]) && continues(part, after)) continue;
    const span = trimmedSpan(part, from, after);
    if (span) yield { start: start + span.start, end: start + span.end };
    from = after;
  }
  const rest = trimmedSpan(part, from, part.length);
  if (rest) yield { start: start + rest.start, end: start + rest.end };
}

const space = /\s/u;

/** The span without blank space at its ends; null when nothing is left. */
export function trimmedSpan(text: string, start: number, end: number): Span | null {
  let first = start;
  let last = end;
  while (first < last && space.test(text.charAt(first))) first += 1;
  while (last > first && space.test(text.charAt(last - 1))) last -= 1;
  return first < last ? { start: first, end: last } : null;
}
