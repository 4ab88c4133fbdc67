import type { FoundHeading } from '../find-headings.ts';
import type { OutlineEntry } from './read-outline.ts';
import type { WrittenBlock } from './text-writer.ts';

const headingLimit = 20_000;
const titleLimit = 200;
const levelLimit = 6;

/** Height of the type that most letters of the document have, to half a point. */
export function bodySize(blocks: readonly WrittenBlock[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of blocks) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return [...letters].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? 10;
}

const numbering =
  /^(?:(?:chapter|part|section|appendix|kapitel|teil|abschnitt|anhang|chapitre|partie|annexe)\s+)?(\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+|[IVXLC]{1,7}(?=\.))\.?\s+[\p{L}/“"„«(]/iu;
const dotted = /(?:\.\s?){4,}\s*\S{0,6}$/u;
const pageEnd = /\S\s+(?:\d{1,4}|[ivxlc]{1,7})$/u;

/** Pages whose lines lead to other pages: they list headings, and have none but their title. */
function contentsPages(blocks: readonly WrittenBlock[]): ReadonlySet<number> {
  const pages = new Set<number>();
  for (const [page, onPage] of Map.groupBy(blocks, (block) => block.page)) {
    const lines = onPage.flatMap(({ text }) => text.split('\n'));
    const withDots = lines.filter((line) => dotted.test(line)).length;
    const withPage = lines.filter((line) => pageEnd.test(line)).length;
    if (withDots >= 4 || (withPage >= 6 && withPage > 0.6 * lines.length)) pages.add(page);
  }
  return pages;
}

const isCapitals = (text: string): boolean => /\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text);

/** Depth of the number in front of a title, 0 without one. */
const depthOf = (text: string): number => numbering.exec(text)?.[1]?.split('.').length ?? 0;

/** True where a block reads and looks like a heading over text of height `body`. */
function looksLikeHeading({ text, size, isBold, isParted, lines, kind }: WrittenBlock, body: number): boolean {
  if (kind !== 'text' || lines > 3 || text.length > titleLimit || !/\p{L}{2}/u.test(text)) return false;
  if (/[,;]$/.test(text) || dotted.test(text) || (isParted && depthOf(text) === 0)) return false;
  if (size >= body * 1.15) return true;
  const isShort = lines <= 2 && text.length <= 110 && !/[.!?:]$/.test(text) && /^[\p{Lu}\p{N}/“"„«(]/u.test(text);
  if (!isShort || size < body * 0.9) return false;
  return isBold || depthOf(text) >= 2 || (isCapitals(text) && text.length >= 5);
}

/** Headings by the look of the type: larger, bold, numbered or in capitals; their levels by what is larger and bolder. */
function headingsByLook(blocks: readonly WrittenBlock[], isRecognised: boolean): readonly FoundHeading[] {
  const body = bodySize(blocks);
  const contents = contentsPages(blocks);
  // The type of a recognised page is measured, so it varies from line to line.
  const threshold = isRecognised ? body * 1.15 : body;
  const found = blocks.filter((block) => !contents.has(block.page) && looksLikeHeading(block, threshold));
  const weight = ({ size, isBold, text }: WrittenBlock): number =>
    Math.round(size * (isRecognised ? 0.5 : 2)) * 4 + (isBold ? 2 : 0) + (isCapitals(text) ? 1 : 0);
  const weights = [...new Set(found.map(weight))].toSorted((one, other) => other - one);
  return found.slice(0, headingLimit).map((block) => ({
    level: Math.min(levelLimit, Math.max(1 + weights.indexOf(weight(block)), depthOf(block.text))),
    title: block.text.replaceAll(/\s+/g, ' '),
    start: block.start,
  }));
}

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** The block of a page that an entry of the outline means: by its words, otherwise the first one at or below its place. */
function blockOf({ title, top }: OutlineEntry, onPage: readonly WrittenBlock[]): WrittenBlock | undefined {
  const wanted = lettersOf(title);
  const distance = (block: WrittenBlock): number => (top === null ? 0 : Math.abs(block.top - top));
  const named = onPage.filter(({ text }) => {
    const letters = lettersOf(text.slice(0, 400));
    return wanted !== '' && letters.length < wanted.length + 24 && letters.includes(wanted);
  });
  const nearest = named.toSorted((one, other) => distance(one) - distance(other))[0];
  return nearest ?? (top === null ? onPage[0] : onPage.find((block) => block.top >= top - 6));
}

function headingsOfOutline(
  outline: readonly OutlineEntry[],
  blocks: readonly WrittenBlock[],
  pageStarts: readonly number[],
): readonly FoundHeading[] {
  const byPage = Map.groupBy(blocks, ({ page }) => page);
  return outline
    .map((entry) => ({
      level: entry.level,
      title: entry.title,
      start: blockOf(entry, byPage.get(entry.page) ?? [])?.start ?? pageStarts[entry.page] ?? 0,
    }))
    .toSorted((one, other) => one.start - other.start)
    .slice(0, headingLimit);
}

/**
 * Finds the headings of a document: those of its outline where it has one (of at least two entries), otherwise by the look
 * of its type. `isRecognised`: most pages were recognised, so sizes are only about right.
 */
export function findPdfHeadings(
  blocks: readonly WrittenBlock[],
  outline: readonly OutlineEntry[],
  pageStarts: readonly number[],
  isRecognised: boolean,
): readonly FoundHeading[] {
  if (outline.length >= 2) return headingsOfOutline(outline, blocks, pageStarts);
  return headingsByLook(blocks, isRecognised);
}
