import type { ReadingReport } from '../../../shared/document.ts';
import { hiddenSampleLimit } from '../extraction-limits.ts';
import type { ExtractedDocument } from '../extracted-document.ts';

/**
 * Characters without a picture that can carry or break words: controls (not tab, line feed, form feed), soft hyphen, zero-width and
 * directional ones, fillers, variation selectors, annotation marks, tags.
 */
const candidates =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- single characters are what is looked for, controls and joiners too
  /[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]+/gu;

/** A flag of a part of a country: a black flag, letters as tags, and the tag that ends it. */
const flagTags = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u;
const directional = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const joiningLetter =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{M}]$/u;
const pictograph = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}\u{20e3}]$/u;
const ideograph = /\p{Script=Han}$/u;
const isLetterAt = (text: string): boolean => /^\p{L}|\p{L}$/u.test(text);

type Kept = 'keep' | 'drop' | 'hide';

/** Before and after a stretch of candidates: enough to see one character whole. */
function neighbours(text: string, start: number, end: number): { readonly before: string; readonly after: string } {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  return {
    before: /^[\udc00-\udfff]/.test(before) ? before.slice(1) : before,
    after: /[\ud800-\udbff]$/.test(after) ? after.slice(0, -1) : after,
  };
}

const lineAround = (text: string, start: number, end: number): string =>
  text.slice(Math.max(0, start - 200), end + 200);

/** What becomes of a stretch: writing that needs it keeps it, typography is dropped, the rest is hidden text. */
function judge(text: string, start: number, end: number): Kept {
  const stretch = text.slice(start, end);
  const { before, after } = neighbours(text, start, end);
  const isJoiner = stretch === '\u200d' || stretch === '\u200c';
  if (isJoiner && joiningLetter.test(before)) return 'keep';
  if ((stretch === '\u200d' || stretch === '\ufe0f\u200d') && /^\p{Extended_Pictographic}/u.test(after)) {
    return pictograph.test(before) ? 'keep' : 'hide';
  }
  if (/^[\u180b-\u180f]$/u.test(stretch) && joiningLetter.test(before)) return 'keep';
  if (/^[\ufe00-\ufe0f]$/u.test(stretch)) return before.trim() === '' ? 'hide' : 'keep';
  if (/^[\u{e0100}-\u{e01ef}]$/u.test(stretch)) return ideograph.test(before) ? 'keep' : 'hide';
  if (flagTags.test(stretch)) return before === '\u{1f3f4}' ? 'keep' : 'hide';
  // Between two letters it says where a word may be broken: no text of its own.
  if (stretch === '\u00ad' && (isLetterAt(before) || isLetterAt(after))) return 'drop';
  if (directional.test(stretch) && rightToLeft.test(lineAround(text, start, end))) return 'drop';
  return 'hide';
}

/** A stretch as a person can read it: tags as the letters that they stand for, others by their numbers. */
function spelled(stretch: string): string {
  return Array.from(stretch, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xe0020 && code <= 0xe007e) return String.fromCodePoint(code - 0xe0000);
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}

type Cut = { readonly start: number; readonly end: number };

/** Where an offset of the old text lies in the new one; asked in rising order it is linear. */
function offsetMap(cuts: readonly Cut[]): (offset: number) => number {
  const removedBefore: number[] = [];
  let removed = 0;
  for (const { start, end } of cuts) {
    removedBefore.push(removed);
    removed += end - start;
  }
  return (offset) => {
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    const cut = cuts[low - 1];
    return cut ? offset - (removedBefore[low - 1] ?? 0) - (Math.min(cut.end, offset) - cut.start) : offset;
  };
}

function withoutCuts(text: string, cuts: readonly Cut[]): string {
  const kept: string[] = [];
  let end = 0;
  for (const cut of cuts) {
    kept.push(text.slice(end, cut.start));
    end = cut.end;
  }
  kept.push(text.slice(end));
  return kept.join('');
}

/** Removes them from a short text, such as a title. */
export function withoutHiddenCharacters(text: string): string {
  return text.replaceAll(candidates, (stretch: string, at: number) =>
    judge(text, at, at + stretch.length) === 'keep' ? stretch : '',
  );
}

function reportWith(report: ReadingReport, hiddenCharacters: number, sample: string): ReadingReport {
  if (hiddenCharacters === 0) return report;
  const joined = [report.hiddenSample, sample].filter((part) => part !== '').join('\n');
  return {
    ...report,
    hiddenCharacters: report.hiddenCharacters + hiddenCharacters,
    hiddenSample: joined.slice(0, hiddenSampleLimit).toWellFormed(),
  };
}

/**
 * Takes characters without a picture out of a document, moves all offsets, and adds what was hidden to its report.
 * Joiners stay where Arabic, Indic writing and emoji need them. Soft hyphens inside words, and directional marks beside
 * right-to-left writing, go without being counted: they are typography.
 */
export function removeHiddenCharacters(document: ExtractedDocument): ExtractedDocument {
  const { text } = document;
  const cuts: Cut[] = [];
  let hidden = 0;
  let sample = '';
  for (const { 0: stretch, index: start } of text.matchAll(candidates)) {
    const end = start + stretch.length;
    const kept = judge(text, start, end);
    if (kept === 'keep') continue;
    cuts.push({ start, end });
    if (kept === 'drop') continue;
    hidden += Array.from(stretch).length;
    if (sample.length < hiddenSampleLimit) sample += spelled(stretch.slice(0, hiddenSampleLimit));
  }
  const title = document.title === null ? null : withoutHiddenCharacters(document.title).trim() || null;
  const headings = document.headings.map((heading) => ({ ...heading, title: withoutHiddenCharacters(heading.title) }));
  const tables = document.tables.map((table) => ({ ...table, header: withoutHiddenCharacters(table.header) }));
  if (cuts.length === 0) return { ...document, title, headings, tables };
  const at = offsetMap(cuts);
  return {
    ...document,
    text: withoutCuts(text, cuts),
    title,
    headings: headings.map((heading) => ({ ...heading, start: at(heading.start) })),
    tables: tables.map((table) => ({ ...table, start: at(table.start), end: at(table.end) })),
    pages:
      document.pages?.map((page) => ({
        ...page,
        start: at(page.start),
        runs: page.runs.map(([start, end, ...box]) => [at(start), at(end), ...box] as const),
      })) ?? null,
    report: reportWith(document.report, hidden, sample),
  };
}
