import type { PageBox } from '../../../shared/document.ts';
import type { StoredPage } from '../../../storage/storage.ts';

/** A stretch of the document's text. */
export type Stretch = { readonly start: number; readonly end: number };

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRight = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Nd}]/u;

/** Boxes on one line are joined across gaps of at most this share of their height: wider ones part columns. */
const widestGap = 1.5;
/** Share of the lower box's height that two boxes on one line have in common at least. */
const leastOverlap = 0.5;

/**
 * The part of a run that the stretch covers. Letters are taken for equally wide: the reader knows boxes of runs, not of
 * letters. `text` is the run's own.
 */
function cutRun(run: StoredPage['runs'][number], { start, end }: Stretch, text: string): PageBox | null {
  const [runStart, runEnd, x, y, width, height] = run;
  const [from, to] = [Math.max(start, runStart), Math.min(end, runEnd)];
  if (from >= to) return null;
  // Blank space at the edge of a stretch has nothing to be seen.
  if (text.slice(from - runStart, to - runStart).trim() === '') return null;
  const share = width / (runEnd - runStart);
  const before = rightToLeft.test(text) && !leftToRight.test(text) ? runEnd - to : from - runStart;
  return { x: x + share * before, y, width: share * (to - from), height };
}

function isSameLine(one: PageBox, other: PageBox): boolean {
  const common = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const lower = Math.min(one.height, other.height);
  if (common < lower * leastOverlap) return false;
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width);
  return gap <= Math.max(one.height, other.height) * widestGap;
}

function join(one: PageBox, other: PageBox): PageBox {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

const round = (points: number): number => Math.round(points * 10) / 10;

/**
 * Where a stretch lies on a page: one box a line, in points, in reading order. Runs that the stretch covers in part are cut
 * in proportion. `text` is the page's own, `pageStart` its offset in the document.
 */
export function highlightBoxes({ page, runs }: StoredPage, stretch: Stretch, text: string): readonly PageBox[] {
  const lines: PageBox[] = [];
  for (const run of runs) {
    const box = cutRun(run, stretch, text.slice(run[0] - page.start, run[1] - page.start));
    if (box === null) continue;
    const last = lines.at(-1);
    if (last !== undefined && isSameLine(last, box)) lines[lines.length - 1] = join(last, box);
    else lines.push(box);
  }
  return lines.map(({ x, y, width, height }) => ({
    x: round(x),
    y: round(y),
    width: round(width),
    height: round(height),
  }));
}
