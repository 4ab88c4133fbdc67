import { describe, expect, it, vi } from 'vitest';
import { extractBytes, extractFixture, fixtureBytes, outcomesOfCuts } from '../../../testing/extract-fixture.ts';
import { buildXlsx } from '../../../testing/office-builder.ts';
import { extractXlsx } from './extract-xlsx.ts';

// Bombs take their time to be made, on a busy machine more of it.
vi.setConfig({ testTimeout: 60_000 });

describe('extractXlsx', () => {
  it('reads what openpyxl wrote: dates as dates, and nothing that is hidden', async () => {
    const { text, pages, tables, title, report } = await extractFixture(extractXlsx, 'office/budget.xlsx');
    expect(title).toBe('Budget of the club');
    expect(text).toBe(
      [
        'Garden club budget 2024\n',
        'Item | Date | Amount | Share | Paid',
        'Seeds | 2024-03-01 | 120.50 € | 25.0% | TRUE',
        'Tools | 2024-04-15 14:30:00 | 80.00 € | 16.6% | FALSE',
        'Müll & Wasser | 09:05:00 | -45.75 € | 10.0% | TRUE\n',
        'shown | 26:15:00 | 0.333333333333333\n',
        'merged |  |  | right',
        '12345678 | $1235\n',
        'Comment on A4 by Mira: Ask Jonas\n\n',
      ].join('\n'),
    );
    expect(pages?.map(({ label, reading }) => [label, reading])).toEqual([
      ['Budget', 'text'],
      ['Empty', 'blank'],
    ]);
    expect(tables[0]?.header).toBe('Item | Date | Amount | Share | Paid');
    expect(report.hiddenSample).toBe('hidden col\nsecret\nnobody sees this');
    expect(report.omissions).toEqual(['formulas']);
  });

  it('reads the values of formulas that LibreOffice computed', async () => {
    const { text, pages, report } = await extractFixture(extractXlsx, 'office/haushalt.xlsx');
    expect(text).toContain('Werkzeug | 2024-04-15 | 280.00 € | 20.0% | FALSE\nSumme |  | 1400.50 €\n\n');
    expect(pages?.map(({ label }) => label)).toEqual(['Ausgaben', 'Einnahmen']);
    expect(report.hiddenSample).toBe('verborgene Spalte\nverborgene Zeile\nverborgenes Blatt');
    expect(report.omissions).toEqual([]);
  });

  it('reads every kind of cell, and cells without a reference one after the other', async () => {
    const cells = [
      '<c t="s"><v>1</v></c>',
      '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>',
      '<c t="str"><f>A1</f><v>text</v></c>',
      '<c t="e"><v>#REF!</v></c>',
      '<c t="b"><v>0</v></c>',
      '<c t="d"><v>2024-03-01T00:00:00</v></c>',
      '<c s="1"><v>43890</v></c>',
      '<c t="s"><v>99</v></c>',
      '<c><v>1e3</v></c>',
    ];
    const bytes = buildXlsx([`<sheetData><row>${cells.join('')}</row></sheetData>`], {
      properties: '<workbookPr date1904="1"/>',
      sharedStrings: '<si><t>zero</t></si><si><t>one</t><rPh><t>wan</t></rPh></si>',
      styles: '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
    });
    const { text } = await extractBytes(extractXlsx, bytes);
    expect(text).toBe('one | inline | text | #REF! | FALSE | 2024-03-01 | 2024-03-01 |  | 1000\n\n');
  });

  it('stops at a million cells and says so', async () => {
    const row = `<row>${'<c><v>7</v></c>'.repeat(200)}</row>`;
    const bytes = buildXlsx([`<sheetData>${row.repeat(5_100)}</sheetData>`]);
    const { text, report } = await extractBytes(extractXlsx, bytes);
    expect(text.split('\n').length).toBeLessThan(5_010);
    expect(report.omissions).toEqual(['character-limit']);
  });

  // The last cell of a row says that it is in column 16,384; a reader that fills up to it needs gigabytes for many rows.
  it('reads rows whose only cell is far to the right', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `<row><c r="XFD${index + 1}"><v>1</v></c></row>`);
    const { text } = await extractBytes(extractXlsx, buildXlsx([`<sheetData>${rows.join('')}</sheetData>`]));
    expect(text.length).toBeLessThan(10_000);
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const bytes = await fixtureBytes('office/haushalt.xlsx');
    const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((bytes.length * index) / 50));
    expect([...(await outcomesOfCuts(extractXlsx, bytes, cuts))]).toEqual(['file/damaged']);
  });
});
