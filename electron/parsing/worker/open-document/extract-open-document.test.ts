import { describe, expect, it, vi } from 'vitest';
import { extractBytes, extractFixture, fixtureBytes, outcomesOfCuts } from '../../../testing/extract-fixture.ts';
import { buildOpenDocument, openDocumentMembers } from '../../../testing/office-builder.ts';
import { writeZip } from '../../../testing/zip-writer.ts';
import { extractDocx } from '../office/extract-docx.ts';
import { extractOdp } from './extract-odp.ts';
import { extractOds } from './extract-ods.ts';
import { extractOdt } from './extract-odt.ts';

// Bombs take their time to be made, on a busy machine more of it.
vi.setConfig({ testTimeout: 60_000 });

const everywhere = async (path: string): Promise<{ readonly bytes: Buffer; readonly cuts: readonly number[] }> => {
  const bytes = await fixtureBytes(path);
  return { bytes, cuts: Array.from({ length: 50 }, (_, index) => Math.floor((bytes.length * index) / 50)) };
};

describe('extractOdt', () => {
  // Two formats of one program, one text: what differs is a mistake of one of the readers.
  it.each(['mietvertrag', 'lease'])('reads of %s what is read of it as DOCX', async (name) => {
    const odt = await extractFixture(extractOdt, `open-document/${name}.odt`);
    const docx = await extractFixture(extractDocx, `office/${name}.docx`);
    expect(odt.text).toBe(docx.text);
    expect(odt.tables).toEqual(docx.tables);
    expect(odt.report).toEqual(docx.report);
    expect(odt.title).toBe(docx.title);
  });

  it('leaves out hidden sections, and lets a numbered list go on after a paragraph', async () => {
    const item = (words: string): string => `<text:list-item><text:p>${words}</text:p></text:list-item>`;
    const list = (words: string, attributes = ''): string =>
      `<text:list text:style-name="L"${attributes}>${item(words)}</text:list>`;
    const level = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>';
    const bytes = buildOpenDocument(
      'text',
      `${list('a')}<text:p>between</text:p>${list('b', ' text:continue-numbering="true"')}${list('c')}<text:section text:display="none"><text:p>away</text:p></text:section>`,
      `<text:list-style style:name="L">${level}</text:list-style>`,
    );
    const { text, report } = await extractBytes(extractOdt, bytes);
    expect(text).toBe('1. a\n\nbetween\n\n2. b\n1. c\n\n');
    expect(report.hiddenSample).toBe('away');
  });

  // A thousand rows of a thousand cells, each a table like it, ten deep, would be more text than there are atoms.
  it('bounds rows that are repeated inside rows that are repeated', async () => {
    let body = '<text:p>x</text:p>';
    for (let depth = 0; depth < 10; depth += 1) {
      body = `<table:table><table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="1000">${body}</table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>`;
    }
    const { text } = await extractBytes(extractOdt, buildOpenDocument('text', body));
    expect(text.length).toBeLessThanOrEqual(20_000_000);
  });

  it('names the password of an encrypted document', async () => {
    const manifest =
      '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>';
    const bytes = writeZip([
      ...openDocumentMembers('text', '<text:p>x</text:p>'),
      { name: 'META-INF/manifest.xml', content: manifest },
    ]);
    await expect(extractBytes(extractOdt, bytes)).rejects.toMatchObject({ code: 'file/encrypted' });
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const { bytes, cuts } = await everywhere('open-document/mietvertrag.odt');
    expect([...(await outcomesOfCuts(extractOdt, bytes, cuts))]).toEqual(['file/damaged']);
  });
});

describe('extractOds', () => {
  it('reads what LibreOffice wrote: sheets, dates, sums, and nothing that is hidden', async () => {
    const { text, pages, report } = await extractFixture(extractOds, 'open-document/haushalt.ods');
    expect(text).toBe(
      [
        'Ausgaben 2024\n',
        'Posten | Datum | Betrag | Anteil | Bezahlt',
        'Saatgut | 2024-03-01 | 1,120.50 € | 80.0% | TRUE',
        'Werkzeug | 2024-04-15 | 280.00 € | 20.0% | FALSE',
        'Summe |  | 1,400.50 €\n',
        'Comment by Mira: Beleg fehlt\n',
        'Mitglied | Beitrag',
        'Weber | 60',
        'Weber | 60\n\n',
      ].join('\n'),
    );
    expect(pages?.map(({ label }) => label)).toEqual(['Ausgaben', 'Einnahmen']);
    expect(report.hiddenSample).toBe('verborgene Spalte\nverborgene Zeile\nverborgenes Blatt');
  });

  it('bounds a cell that is repeated over a million rows and columns', async () => {
    const cell =
      '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>again</text:p></table:table-cell>';
    const row = `<table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row>`;
    const bytes = buildOpenDocument('spreadsheet', `<table:table table:name="A">${row}</table:table>`);
    const { text, report } = await extractBytes(extractOds, bytes);
    expect(text.length).toBeLessThanOrEqual(20_000_000);
    expect(report.omissions).toEqual(['character-limit']);
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const { bytes, cuts } = await everywhere('open-document/haushalt.ods');
    expect([...(await outcomesOfCuts(extractOds, bytes, cuts))]).toEqual(['file/damaged']);
  });
});

describe('extractOdp', () => {
  it('reads what LibreOffice wrote: slides with notes, hidden ones marked', async () => {
    const { text, pages, report } = await extractFixture(extractOdp, 'open-document/zahlen.odp');
    expect(pages?.map(({ label }) => label)).toEqual([
      'Ernte nach Jahren',
      'Mitglieder',
      'Nur für den Vorstand (hidden slide)',
    ]);
    expect(text.slice(0, pages?.[1]?.start)).toBe(
      'Ernte nach Jahren\n\nJahr | Äpfel (kg) | Honig (kg)\n2022 | 840 | 310\n2023 | 905 | 402\n\nNotes: Die Zahlen stammen vom Kassenwart.\n\n',
    );
    expect(text.slice(pages?.[2]?.start)).toBe('Nur für den Vorstand\n\n• Beitrag steigt 2025 auf 66 Euro\n\n');
    expect(report.hiddenSample).toBe('neben der Folie\nwinzig');
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const { bytes, cuts } = await everywhere('open-document/zahlen.odp');
    expect([...(await outcomesOfCuts(extractOdp, bytes, cuts))]).toEqual(['file/damaged']);
  });
});
