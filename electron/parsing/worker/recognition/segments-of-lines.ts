import type { Matrix } from '../pdf/page-geometry.ts';
import { apply, boxAround } from '../pdf/page-geometry.ts';
import { cellGap } from '../pdf/build-segments.ts';
import type { Segment } from '../pdf/segment.ts';
import type { RecognisedLine } from './recognised-line.ts';

/** Lines and words that the recogniser trusts less than this, of 100, are noise. */
const confidenceMinimum = 40;
/** The recogniser's rows are this much lower than the type in them. */
const rowPerSize = 0.95;

type Word = RecognisedLine['words'][number];

function segmentOf(words: readonly Word[], line: RecognisedLine, size: number, matrix: Matrix): Segment | null {
  const [scale] = matrix;
  const box = boxAround(
    words.flatMap(({ bbox }) => [apply(matrix, bbox.x0, bbox.y0), apply(matrix, bbox.x1, bbox.y1)]),
  );
  if (!box) return null;
  const middle = (words[0]?.bbox.x0 ?? 0) / 2 + (words.at(-1)?.bbox.x1 ?? 0) / 2;
  const { x0, y0, x1, y1 } = line.baseline;
  const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
  const text = words.map((word) => word.text).join(' ');
  const v = apply(matrix, 0, y0 + slope * (middle - x0))[1];
  return { text, u0: box.x0, u1: box.x1, v, size: size * scale, isBold: false, box };
}

/** True for a line with a letter or a number that the recogniser is sure enough of. */
function isUsable({ words, confidence }: RecognisedLine): boolean {
  return confidence >= confidenceMinimum && words.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

/** The lines of a recognised picture as segments of the page; `matrix` leads from pixels to points and only scales and moves. */
export function segmentsOfLines(lines: readonly RecognisedLine[], matrix: Matrix): readonly Segment[] {
  return lines.filter(isUsable).flatMap((line) => {
    const height = line.bbox.y1 - line.bbox.y0;
    const size = (line.rowAttributes?.rowHeight ?? height) / rowPerSize;
    const groups: Word[][] = [];
    for (const word of line.words.filter(({ text, confidence }) => text.trim() !== '' && confidence >= 10)) {
      const last = groups.at(-1)?.at(-1);
      if (last && word.bbox.x0 - last.bbox.x1 < 1.5 * cellGap * size) groups.at(-1)?.push(word);
      else groups.push([word]);
    }
    return groups.map((words) => segmentOf(words, line, size, matrix)).filter((segment) => segment !== null);
  });
}
