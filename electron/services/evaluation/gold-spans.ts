import type { DocumentPage } from '../../shared/document.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Gold } from './read-evaluation.ts';

/** Lines of a transcript, by the number of their turn: `[12] Speaker: words`. */
const turnLine = /^\[(\d+)\][^\n]*/gm;

/** Where the answer stands in the text of its document; empty where it does not, or is about the whole. */
export function goldSpans(gold: Gold, text: string, pages: readonly DocumentPage[]): readonly Span[] {
  switch (gold.kind) {
    case 'pages':
      return pages.filter(({ page }) => gold.pages.includes(page)).map(({ start, end }) => ({ start, end }));
    case 'turns':
      return [...text.matchAll(turnLine)].flatMap((match) => {
        const turn = Number(match[1]);
        const isGold = gold.spans.some(([first, last]) => turn >= first && turn <= last);
        return isGold ? [{ start: match.index, end: match.index + match[0].length }] : [];
      });
    case 'whole':
    case 'none':
      return [];
  }
}

/** True when two stretches share at least one character. */
export function touches(place: Span, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => place.start < end && place.end > start);
}

/** Share of the characters of `spans` that the places hold, each counted once, 0 to 1; 0 without spans. */
export function coveredShare(spans: readonly Span[], places: readonly Span[]): number {
  const all = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const sorted = [...places].sort((one, other) => one.start - other.start);
  let covered = 0;
  for (const span of spans) {
    let from = span.start;
    for (const { start, end } of sorted) {
      const [low, high] = [Math.max(from, start), Math.min(span.end, end)];
      if (high <= low) continue;
      covered += high - low;
      from = high;
    }
  }
  return all === 0 ? 0 : covered / all;
}
