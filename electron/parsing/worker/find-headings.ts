import type { DocumentFormat } from '../../shared/document.ts';

/** A heading of the text: `level` 1 is the outermost, `start` the offset of its line. */
export type FoundHeading = { readonly level: number; readonly title: string; readonly start: number };

type Line = { readonly text: string; readonly start: number };

/** A heading is a short line; longer ones are sentences. */
const titleLimit = 100;

function* linesOf(text: string): Generator<Line> {
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    yield { text: text.slice(start, end === -1 ? text.length : end), start };
    if (end === -1) return;
    start = end + 1;
  }
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;

/** Headings of CommonMark: `#` lines and underlined ones, outside fenced code. */
function* markdownHeadings(text: string): Generator<FoundHeading> {
  let openFence: string | null = null;
  let previous: Line | null = null;
  for (const line of linesOf(text)) {
    const mark = fence.exec(line.text)?.[1];
    if (openFence !== null) {
      if (mark !== undefined && mark.startsWith(openFence) && line.text.trim() === mark) openFence = null;
      previous = null;
      continue;
    }
    const heading = atx.exec(line.text);
    const isUnderline: boolean = previous !== null && /^ {0,3}(=+|-{2,})[ \t]*$/.test(line.text);
    if (mark !== undefined) openFence = mark;
    else if (heading) yield { level: heading[1]?.length ?? 1, title: plainTitle(heading[2] ?? ''), start: line.start };
    else if (isUnderline && previous !== null && previous.text.length <= titleLimit) {
      yield {
        level: line.text.trim().startsWith('=') ? 1 : 2,
        title: plainTitle(previous.text),
        start: previous.start,
      };
    }
    const canBeUnderlined: boolean =
      mark === undefined && !heading && !isUnderline && /^ {0,3}[^\s>#|-]/.test(line.text);
    previous = canBeUnderlined && !previous ? line : null;
  }
}

/** The words of a Markdown title, without emphasis, code marks and link targets. */
function plainTitle(title: string): string {
  return title
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '')
    .trim();
}

const chapter =
  /^(?:(?:chapter|part|book|volume|section|act|scene|letter|appendix|canto|kapitel|teil|abschnitt|buch|anhang)\s+(?:[ivxlcdm]+|\d+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|(?:prologue|epilogue|preface|introduction|foreword|afterword|conclusion|abstract|bibliography|prolog|epilog|vorwort|einleitung|nachwort|anhang)\s*$)/i;
const outerChapter = /^(?:part|book|volume|teil|buch)\b/i;
const numbered = /^(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t]+\p{Lu}[^.;:,]*$/u;
const roman = /^[IVXLC]{1,7}\.?$/;

/** All capitals, with at least one word of three letters; no full sentence and no line of a list or dialogue. */
function isCapitals(title: string): boolean {
  return (
    /\p{Lu}{3}/u.test(title) && !/\p{Ll}/u.test(title) && !/[.,;:]$/.test(title) && /^[\p{Lu}\d"'“‘(]/u.test(title)
  );
}

function plainLevel(title: string, isAlone: boolean): number | null {
  if (title.length > titleLimit) return null;
  if (chapter.test(title) && !/[,;]$/.test(title) && !/[.!?]\s+\p{Ll}/u.test(title))
    return outerChapter.test(title) ? 1 : 2;
  const number = numbered.exec(title)?.[1];
  if (number !== undefined && title.length <= 80) return 1 + number.split('.').length;
  if (isAlone && title.length <= 60 && (roman.test(title) || isCapitals(title))) return 2;
  return null;
}

/**
 * Headings of plain text, told conservatively: a line between blank lines (or at the start of the text) that reads like
 * `CHAPTER I`, `1.2 Title`, or is short and all in capitals. A chapter's number on a line of its own takes the title
 * from the line after it.
 */
function* plainHeadings(text: string): Generator<FoundHeading> {
  let before: Line | null = null;
  let candidate: Line | null = null;
  for (const line of linesOf(`${text}\n`)) {
    const isBlank = line.text.trim() === '';
    if (candidate !== null) {
      const title = candidate.text.trim();
      const level = plainLevel(title, isBlank);
      const isSubtitled = !isBlank && chapter.test(title) && title.length <= 20 && line.text.trim().length <= 60;
      if (level !== null && (isBlank || isSubtitled)) {
        yield { level, title: isSubtitled ? `${title} ${line.text.trim()}` : title, start: candidate.start };
      }
    }
    const followsBlank = before === null || before.text.trim() === '';
    candidate = !isBlank && followsBlank && line.text.length <= titleLimit + 20 ? line : null;
    before = line;
  }
}

/** More headings than this are a table of something, not a structure; only the outer levels are kept then. */
const headingLimit = 20_000;

/** Drops the innermost levels until what is left fits; the first ones of the outermost, where that alone is too much. */
function outerHeadings(found: readonly FoundHeading[]): FoundHeading[] {
  for (let level = 6; level > 1; level -= 1) {
    const outer = found.filter((heading) => heading.level < level);
    if (outer.length > 0 && outer.length <= headingLimit) return outer;
  }
  return found.slice(0, headingLimit);
}

/** Finds the headings of a text, in order. Linear in its length. */
export function findHeadings(text: string, format: DocumentFormat): readonly FoundHeading[] {
  let found: FoundHeading[] = [];
  for (const heading of format === 'markdown' ? markdownHeadings(text) : plainHeadings(text)) {
    if (heading.title !== '') found.push(heading);
    // A file of nothing but headings would otherwise fill the memory with them.
    if (found.length > headingLimit * 10) found = outerHeadings(found);
  }
  return found.length > headingLimit ? outerHeadings(found) : found;
}
