import { Parser } from 'htmlparser2';
import { AppError } from '../../../shared/app-error.ts';
import type { ExtractedTable } from '../extracted-document.ts';
import { hiddenSampleLimit } from '../extraction-limits.ts';
import type { FoundHeading } from '../find-headings.ts';
import { HtmlHandler } from './html-handler.ts';

/** How far a page is read. */
export type HtmlLimits = {
  /** Characters of text after which the rest is left out, told by `isCut`. */
  readonly characterLimit: number;
  /** XHTML, as in EPUB: `<title/>` and `<a/>` end where they begin. Default false. */
  readonly isXml?: boolean;
};

/** A page as text; offsets are into `text`. */
export type HtmlText = {
  readonly text: string;
  readonly title: string | null;
  readonly headings: readonly FoundHeading[];
  readonly tables: readonly ExtractedTable[];
  /** Characters that a reader of the page would not see. They are not in `text`. */
  readonly hiddenCharacters: number;
  /** Their beginning, at most `hiddenSampleLimit` characters. */
  readonly hiddenSample: string;
  readonly hasPictures: boolean;
  readonly isCut: boolean;
};

/** Given to the parser in pieces, so that a cut ends the work early. */
const pieceCharacters = 64 * 1024;

/** Reads it step by step and yields the share that is done; what it returns is what `readHtml` does. */
export function* readHtmlInSteps(
  html: string,
  { characterLimit, isXml = false }: HtmlLimits,
): Generator<number, HtmlText> {
  const handler = new HtmlHandler(html, characterLimit);
  const parser = new Parser(handler.callbacks, { recognizeSelfClosing: isXml, recognizeCDATA: isXml });
  for (let start = 0; start < html.length && !handler.isCut; start += pieceCharacters) {
    parser.write(html.slice(start, start + pieceCharacters));
    yield Math.min(1, (start + pieceCharacters) / html.length);
  }
  parser.end();
  if (handler.isTooDeep) throw new AppError('file/too-complex', 'The page is nested too deeply.');
  const { flow } = handler;
  return {
    text: flow.text,
    title: handler.title.replaceAll(/\s+/g, ' ').trim().slice(0, 500) || null,
    headings: flow.headings.filter(({ title }) => title !== ''),
    tables: flow.tables,
    hiddenCharacters: handler.hiddenCharacters,
    hiddenSample: handler.hiddenSample.trim().slice(0, hiddenSampleLimit).toWellFormed(),
    hasPictures: handler.hasPictures,
    isCut: handler.isCut,
  };
}

/**
 * Reads HTML as text with headings, lists and tables (rows `a | b | c`), without scripts, styles and comments. What its own
 * styles hide is kept apart: not displayed, transparent, tiny, in the colour of its ground, off the screen. Nothing is
 * fetched. Throws `file/too-complex` past 10,000 open elements.
 */
export function readHtml(html: string, limits: HtmlLimits): HtmlText {
  const steps = readHtmlInSteps(html, limits);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
