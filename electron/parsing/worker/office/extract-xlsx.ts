import { AppError } from '../../../shared/app-error.ts';
import { DocumentWriter } from '../archive/document-writer.ts';
import { SheetWriter } from '../archive/sheet-writer.ts';
import { characterLimit } from '../extraction-limits.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { openOfficePackage } from './office-package.ts';
import type { OfficePackage } from './office-package.ts';
import { readComments } from './read-comments.ts';
import { readPartText } from './read-part-text.ts';
import { readRichText, readSheet } from './read-sheet.ts';
import type { Workbook } from './read-sheet.ts';
import { readSheetStyles } from './sheet-styles.ts';

type Sheet = { readonly name: string; readonly relationshipId: string; readonly isHidden: boolean };

/** Sheets that are listed; more than the limit of pages, so that the limit is noticed. */
const sheetLimit = 20_000;

/** Rows between two words of progress. */
const progressRows = 2_000;

async function readSheetList(
  office: OfficePackage,
  path: string,
): Promise<{ readonly sheets: readonly Sheet[]; readonly is1904: boolean }> {
  const sheets: Sheet[] = [];
  let is1904 = false;
  const reader = await office.open(path);
  for (const _workbook of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      if (element.name === 'x:workbookPr') is1904 = ['1', 'true'].includes(element.get('date1904') ?? '');
      if (element.name !== 'x:sheets') continue;
      for (const sheet of reader?.children() ?? []) {
        if (sheets.length >= sheetLimit) break;
        const isHidden = (sheet.get('state') ?? 'visible') !== 'visible';
        sheets.push({ name: sheet.get('name') ?? '', relationshipId: sheet.get('r:id') ?? '', isHidden });
      }
    }
  }
  return { sheets, is1904 };
}

async function readSharedStrings(
  office: OfficePackage,
  path: string | null,
  writer: DocumentWriter,
): Promise<readonly string[]> {
  const strings: string[] = [];
  let length = 0;
  const reader = await office.open(path);
  for (const _root of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      if (element.name !== 'x:si' || !reader) continue;
      const text = readRichText(reader);
      length += text.length;
      // Beyond it no sheet can use them all; their places stay, so that the numbers of the others are right.
      if (length > characterLimit) writer.omit('character-limit');
      strings.push(length > characterLimit ? '' : text);
      if (strings.length % progressRows === 0) await writer.progress(reader.fraction / 10);
    }
  }
  return strings;
}

/** Reads the sheets of one workbook. */
class SheetReader {
  readonly #office: OfficePackage;
  readonly #writer: DocumentWriter;
  readonly #rows: SheetWriter;
  readonly #workbook: Workbook;

  constructor(office: OfficePackage, writer: DocumentWriter, workbook: Omit<Workbook, 'onHidden' | 'onBareFormula'>) {
    this.#office = office;
    this.#writer = writer;
    this.#rows = new SheetWriter(writer);
    const onHidden = (text: string): void => writer.hide(text);
    this.#workbook = { ...workbook, onHidden, onBareFormula: () => writer.omit('formulas') };
  }

  /** Counts the text of a sheet that nobody sees. */
  async hide(path: string): Promise<void> {
    const reader = await this.#office.open(path);
    if (!reader) return;
    let count = 0;
    for (const { cells } of readSheet(reader, this.#workbook)) {
      this.#writer.hide(cells.join(' '));
      count += 1;
      if (count % progressRows === 0) await this.#writer.progress(reader.fraction);
    }
  }

  /** Writes a sheet as a page. Returns false when there is no room for it. @param share - of the work, before and after it. */
  async write(name: string, path: string, share: readonly [number, number]): Promise<boolean> {
    if (!this.#writer.page(name)) return false;
    const reader = await this.#office.open(path);
    if (!reader) {
      this.#writer.omit('damaged-part');
      return true;
    }
    this.#rows.begin();
    const [before, after] = share;
    let count = 0;
    for (const { row, cells } of readSheet(reader, this.#workbook)) {
      if (!this.#rows.write(row, cells)) break;
      count += 1;
      if (count % progressRows === 0) await this.#writer.progress(before + reader.fraction * (after - before));
    }
    this.#writer.endTable();
    await this.#writeAround(path);
    return true;
  }

  /** Comments, text boxes and charts that lie over the cells. */
  async #writeAround(path: string): Promise<void> {
    for (const line of await readComments(this.#office, path)) this.#writer.block(line, 'item');
    const drawing = await this.#office.related(path, 'drawing');
    if (drawing === null) return;
    this.#writer.block((await readPartText(this.#office, drawing)).join('\n'));
    for (const { type, path: part } of await this.#office.relationshipsOf(drawing)) {
      if (type === 'chart') this.#writer.block((await readPartText(this.#office, part)).join('\n'));
      else if (type === 'image') this.#writer.omit('pictures');
    }
  }
}

/** Reads a workbook: a page for each sheet that can be seen. Formulas are shown by the values that they had. */
export const extractXlsx: ExtractDocument = async (bytes, tools) => {
  const office = await openOfficePackage(bytes, tools.name);
  const main = await office.mainPart();
  if (main.endsWith('.bin')) {
    throw new AppError('file/unsupported-format', 'Binary workbooks are not read.', {
      name: tools.name,
      format: 'XLSB',
    });
  }
  const writer = new DocumentWriter(tools);
  const { sheets, is1904 } = await readSheetList(office, main);
  const strings = await readSharedStrings(office, await office.related(main, 'sharedStrings'), writer);
  const styleOf = await readSheetStyles(office, await office.related(main, 'styles'));
  const reader = new SheetReader(office, writer, { strings, styleOf, is1904 });
  const paths = new Map((await office.relationshipsOf(main)).map(({ id, path }) => [id, path]));
  for (const [index, { name, relationshipId, isHidden }] of sheets.entries()) {
    const path = paths.get(relationshipId) ?? '';
    if (isHidden) await reader.hide(path);
    else if (!(await reader.write(name, path, [index / sheets.length, (index + 1) / sheets.length]))) break;
    await writer.progress((index + 1) / sheets.length);
  }
  const title = await office.title();
  if (office.hasDamage) writer.omit('damaged-part');
  return writer.finish('xlsx', title);
};
