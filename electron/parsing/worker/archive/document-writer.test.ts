import { describe, expect, it, vi } from 'vitest';
import { characterLimit } from '../extraction-limits.ts';
import { DocumentWriter } from './document-writer.ts';
import { SheetWriter } from './sheet-writer.ts';

// Bombs take their time to be made, on a busy machine more of it.
vi.setConfig({ testTimeout: 60_000 });

const create = (): DocumentWriter =>
  new DocumentWriter({ name: 'x', recognitionLanguages: [], onProgress: () => undefined });

describe('DocumentWriter', () => {
  // Every offset is a citation; one that is off by a line break shows the wrong passage.
  it('knows where each heading, table and page starts', () => {
    const writer = create();
    writer.page('One');
    writer.heading(1, 'Rent');
    writer.block('A line\r\nand another.');
    writer.row(['Item', 'Amount']);
    writer.row(['Heat', '85']);
    writer.endTable();
    writer.block('first', 'item');
    writer.block('second', 'item');
    writer.page('Two');
    writer.page('Three');
    writer.insert('Title\n\na | b', [{ level: 2, title: 'Title', start: 0 }], [{ start: 7, end: 12, header: 'a | b' }]);
    const { text, headings, tables, pages } = writer.finish('odt', ' The  title ');
    expect(text).toBe(
      'Rent\n\nA line\nand another.\n\nItem | Amount\nHeat | 85\n\nfirst\nsecond\n\nTitle\n\na | b\n\n',
    );
    expect(headings.map(({ start, title }) => text.slice(start, start + title.length))).toEqual(['Rent', 'Title']);
    expect(tables.map(({ start, end }) => text.slice(start, end))).toEqual(['Item | Amount\nHeat | 85', 'a | b']);
    expect(tables[0]?.header).toBe('Item | Amount');
    expect(pages?.map(({ start, reading }) => [text.slice(start, start + 5), reading])).toEqual([
      ['Rent\n', 'text'],
      ['Title', 'blank'],
      ['Title', 'text'],
    ]);
  });

  it('refuses a document without text', () => {
    const writer = create();
    writer.block(' \n ');
    writer.hide('secret');
    expect(() => writer.finish('docx', 'Title')).toThrow(expect.objectContaining({ code: 'file/no-text' }));
  });

  it('stops at the limit and says so', () => {
    const writer = create();
    const block = 'x'.repeat(1_000_000);
    for (let count = 0; count < 25; count += 1) writer.block(block);
    const { text, report } = writer.finish('docx', null);
    expect(text.length).toBeLessThanOrEqual(characterLimit);
    expect(text.length).toBeGreaterThan(characterLimit - 10);
    expect(report.omissions).toEqual(['character-limit']);
  });

  // One shared string of 65,000 characters in 16,000 cells of one row would be a line of a gigabyte.
  it('bounds a row whose cells repeat a long text', () => {
    const writer = create();
    const long = 'y'.repeat(65_000);
    writer.row(Array.from({ length: 16_000 }, () => long));
    const { text, report } = writer.finish('xlsx', null);
    expect(text.length).toBeLessThan(1_100_000);
    expect(report.omissions).toEqual(['character-limit']);
  });
});

describe('SheetWriter', () => {
  it('takes a title above a table for no header, and gives tables apart headers of their own', () => {
    const writer = create();
    const sheet = new SheetWriter(writer);
    sheet.begin();
    sheet.write(0, ['Budget']);
    sheet.write(1, ['', 'Item', 'Amount']);
    sheet.write(2, ['', 'Seeds', '12']);
    sheet.write(4, ['Name', 'Phone']);
    sheet.write(5, ['Mira', '555']);
    const { text, tables } = writer.finish('xlsx', null);
    expect(text).toBe('Budget\n\nItem | Amount\nSeeds | 12\n\nName | Phone\nMira | 555\n\n');
    expect(tables.map(({ header }) => header)).toEqual(['Item | Amount', 'Name | Phone']);
  });
});
