import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { ExportContent, ExportStatement } from './export-content.ts';
import type { ExportWords } from './export-words.ts';
import { readFontCoverage } from './font-coverage.ts';

const { resolve } = createRequire(import.meta.url);

// Latin, Greek, Cyrillic and more; the fonts that every PDF reader has know Western letters only.
const fonts = (): Readonly<Record<'plain' | 'bold' | 'oblique', string>> => ({
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  oblique: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf'),
});

const ink = '#1a1a1a';
const faint = '#595959';

/** Points between the text and the edge of the page. */
const margin = 56;

function writeStatement(pdf: PDFKit.PDFDocument, { text, where, quotes }: ExportStatement, isList: boolean): void {
  const left = margin + (isList ? 14 : 0);
  if (isList) pdf.font('plain').fontSize(10.5).fillColor(ink).text('•', margin, pdf.y, { continued: false }).moveUp();
  pdf
    .font('plain')
    .fontSize(10.5)
    .fillColor(ink)
    .text(`${text}${where === null ? '' : ` [${where}]`}`, left, pdf.y, { lineGap: 2 });
  pdf.moveDown(0.25);
  for (const quote of quotes) {
    pdf
      .font('oblique')
      .fontSize(8.5)
      .fillColor(faint)
      .text(`${quote.where === '' ? '' : `${quote.where}: `}“${quote.words}”`, left + 14, pdf.y, { lineGap: 1 });
  }
  pdf.moveDown(0.6);
}

/** Characters that the notice names at most. */
const namedCharacters = 12;
const box = '\u25A1';
const turned = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** What the fonts cannot show as it is, said in words: a box that nobody explains reads as a letter. */
function noticesOf({ title, facts, groups }: ExportContent, draws: (character: string) => boolean, words: ExportWords) {
  const said = groups.flatMap((group) => [
    group.title,
    ...group.statements.flatMap(({ text, quotes }) => [text, ...quotes.map((quote) => quote.words)]),
  ]);
  const text = [title, ...facts, ...said].join(' ');
  const undrawn = new Set(
    Array.from(text).filter((character) => !/[\p{M}\p{Cf}]/u.test(character) && !draws(character)),
  );
  return [
    ...(undrawn.size === 0 ? [] : [words.undrawn(namesOf([...undrawn].slice(0, namedCharacters)))]),
    ...(turned.test(text) ? [words.turnedOrder] : []),
  ];
}

/** By their numbers, as the font could not show them here either. */
const namesOf = (characters: readonly string[]): readonly string[] =>
  characters.map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);

/** The same with a box for each character that the font lacks. */
function boxed(content: ExportContent, draws: (character: string) => boolean): ExportContent {
  const shown = (text: string): string =>
    text.replaceAll(/[^\p{ASCII}\p{M}\p{Cf}]/gu, (character) => (draws(character) ? character : box));
  const { title, facts, groups, isList } = content;
  return {
    title: shown(title),
    facts: facts.map(shown),
    isList,
    groups: groups.map((group) => ({
      title: shown(group.title),
      statements: group.statements.map((statement) => ({
        ...statement,
        text: shown(statement.text),
        quotes: statement.quotes.map(({ where, words }) => ({ where, words: shown(words) })),
      })),
    })),
  };
}

/** A PDF: title, facts, statements with their places, the quotes below each. The fonts are inside. */
export async function toPdf(content: ExportContent, words: ExportWords): Promise<Uint8Array> {
  const paths = fonts();
  const draws = readFontCoverage(await readFile(paths.plain));
  const notices = noticesOf(content, draws, words);
  const { title, facts, groups, isList } = boxed(content, draws);
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    font: paths.plain,
    info: { Title: title, Creator: 'Sotto' },
  });
  const chunks: Buffer[] = [];
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.on('end', () => end());
  pdf.on('error', fail);
  pdf.registerFont('plain', paths.plain).registerFont('bold', paths.bold).registerFont('oblique', paths.oblique);
  pdf.font('bold').fontSize(18).fillColor(ink).text(title).moveDown(0.5);
  for (const fact of facts) pdf.font('plain').fontSize(9).fillColor(faint).text(fact);
  for (const notice of notices) pdf.moveDown(0.5).font('bold').fontSize(9).fillColor(ink).text(notice);
  pdf.moveDown(1);
  for (const group of groups) {
    if (group.title !== '') pdf.font('bold').fontSize(13).fillColor(ink).text(group.title, margin).moveDown(0.4);
    for (const statement of group.statements) writeStatement(pdf, statement, isList);
  }
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}
