import { areaOf, intersect } from './page-geometry.ts';
import type { PageMarks } from './page-marks.ts';
import type { TextPiece } from './text-piece.ts';

/** Fewer letters than this beside a picture are a page number or a stamp, not the page's text. */
const letterMinimum = 10;
/** Share of the page that pictures cover where its text may be in them; a logo covers less. */
const pictureMinimum = 0.04;
/** Share of the page that a scan covers. */
const scanMinimum = 0.6;
/** Letters that were turned into outlines leave at least this many paths. */
const outlineMinimum = 40;

/** A page's text as it can be had from the file. */
export type PageJudgement = {
  readonly visible: readonly TextPiece[];
  readonly hidden: readonly TextPiece[];
  /** The visible text is what a recogniser of before found in a scan. */
  readonly isScanLayer: boolean;
  /** The text is missing or unusable while something is drawn that may hold it. */
  readonly needsRecognition: boolean;
};

const lettersIn = (pieces: readonly TextPiece[]): number =>
  pieces.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);

/** Characters that stand for no letter: fonts without a table of what their glyphs mean. */
function isGibberish(pieces: readonly TextPiece[]): boolean {
  let strange = 0;
  let all = 0;
  for (const { text } of pieces) {
    strange += text.match(/[\uFFFD\p{Co}\p{Cc}\p{Cn}]/gu)?.length ?? 0;
    all += text.length;
  }
  return all > 0 && strange > 0.4 * all;
}

/** Share of the page under its pictures, 0 to 1; overlaps count twice. */
function coverage({ images, width, height }: PageMarks): number {
  const page = { x0: 0, y0: 0, x1: width, y1: height };
  return Math.min(1, images.reduce((sum, box) => sum + areaOf(intersect(box, page)), 0) / (width * height));
}

/**
 * Parts visible from hidden text. Under a scan that fills the page, text without ink is what a recogniser of before left
 * there: it is the page's text, unless the page shows about as much text of its own.
 */
export function judgePage(marks: PageMarks): PageJudgement {
  const covered = coverage(marks);
  const drawn = marks.pieces.filter(({ concealment }) => concealment === null);
  const inkless = marks.pieces.filter(({ concealment }) => concealment === 'invisible');
  const isScanLayer = covered >= scanMinimum && lettersIn(drawn) <= 0.5 * lettersIn(inkless);
  const visible = isScanLayer
    ? marks.pieces.filter(({ concealment }) => [null, 'invisible'].includes(concealment))
    : drawn;
  const taken = new Set(visible);
  const mayHoldText = covered >= pictureMinimum || marks.pathCount >= outlineMinimum;
  return {
    visible,
    hidden: marks.pieces.filter((piece) => !taken.has(piece)),
    isScanLayer,
    needsRecognition: isGibberish(visible) || (lettersIn(visible) < letterMinimum && mayHoldText),
  };
}
