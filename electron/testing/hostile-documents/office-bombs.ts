import {
  buildDocx,
  buildOpenDocument,
  buildXlsx,
  epubMembers,
  pptxMembers,
  relationshipsPart,
  slideText,
  wordParagraph,
  xlsxMembers,
} from '../office-builder.ts';
import { writeZip } from '../zip-writer.ts';
import type { HostileDocument } from './hostile-document.ts';

const numbers = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

function nested(open: string, close: string, depth: number, inner: string): string {
  return `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
}

const chainOfStyles = (): Buffer => {
  const styles = numbers(15_000).map(
    (index) =>
      `<w:style w:type="paragraph" w:styleId="s${index}"><w:basedOn w:val="s${(index + 1) % 15_000}"/></w:style>`,
  );
  const paragraphs = numbers(15_000).map(
    (index) => `<w:p><w:pPr><w:pStyle w:val="s${index}"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`,
  );
  return buildDocx(paragraphs.join(''), { styles: styles.join('') });
};

const endlessNumbers = (): Buffer => {
  const level =
    '<w:lvl w:ilvl="8"><w:start w:val="2147483647"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%9%9%9%9%9%9%9%9"/></w:lvl>';
  const numbering = `<w:abstractNum w:abstractNumId="0">${level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;
  const item =
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>';
  return buildDocx(item.repeat(50_000), { numbering });
};

const notesOfNotes = (): Buffer => {
  const reference = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>';
  return buildDocx(wordParagraph('a') + reference.repeat(50_000), {
    footnotes: `<w:footnote w:id="1">${wordParagraph('b'.repeat(100_000))}${reference}</w:footnote>`,
  });
};

/** One part that many entries of the list point at. */
const sameSlides = (): Buffer => {
  const ids = numbers(20_000).map((index) => `s${index + 1}`);
  const slides = pptxMembers(ids.map(() => ''));
  const list = relationshipsPart(ids.map((id) => [id, 'slide', 'slide1.xml']));
  return writeZip([
    ...slides.filter(({ name }) => name.startsWith('_rels') || name === 'ppt/presentation.xml'),
    { name: 'ppt/_rels/presentation.xml.rels', content: list },
    { name: 'ppt/slide1.xml', content: String(pptxMembers([slideText('a'.repeat(100_000))]).at(-1)?.content) },
  ]);
};

const sameSheets = (): Buffer => {
  const ids = numbers(20_000).map((index) => `s${index + 1}`);
  const members = xlsxMembers(ids.map(() => ''));
  const list = relationshipsPart(ids.map((id) => [id, 'worksheet', 'sheet1.xml']));
  const sheet = xlsxMembers([`<sheetData>${'<row><c><v>1</v></c></row>'.repeat(5_000)}</sheetData>`]).at(-1)?.content;
  return writeZip([
    ...members.filter(({ name }) => name.startsWith('_rels') || name === 'xl/workbook.xml'),
    { name: 'xl/_rels/workbook.xml.rels', content: list },
    { name: 'xl/sheet1.xml', content: String(sheet) },
  ]);
};

const sharedAgain = (): Buffer =>
  buildXlsx([`<sheetData>${`<row>${'<c t="s"><v>0</v></c>'.repeat(1_000)}</row>`.repeat(500)}</sheetData>`], {
    sharedStrings: `<si><t>${'a'.repeat(60_000)}</t></si>`,
  });

const oddFormats = (): Buffer =>
  buildXlsx(
    [
      `<sheetData><row>${numbers(1_000)
        .map((index) => `<c s="${index}"><v>45352</v></c>`)
        .join('')}</row></sheetData>`,
    ],
    {
      styles: `<numFmts>${numbers(1_000)
        .map((index) => `<numFmt numFmtId="${200 + index}" formatCode="${'[$'.repeat(5_000)}0.${'0'.repeat(5_000)}"/>`)
        .join('')}</numFmts><cellXfs>${numbers(1_000)
        .map((index) => `<xf numFmtId="${200 + index}"/>`)
        .join('')}</cellXfs>`,
    },
  );

const columnsBeyond = (): Buffer =>
  buildXlsx([
    `<cols>${'<col min="1" max="2147483647" hidden="1"/>'.repeat(1_000)}</cols><sheetData>${numbers(50_000)
      .map((index) => `<row r="${2_147_483_647 - index}"><c r="ZZZ1"><v>1</v></c></row>`)
      .join('')}</sheetData>`,
  ]);

const sameChapter = (): Buffer => {
  const spine = '<itemref idref="c1"/>'.repeat(50_000);
  return writeZip(
    epubMembers([`<p>${'a '.repeat(50_000)}</p>`]).map((member) =>
      member.name.endsWith('.opf')
        ? { ...member, content: String(member.content).replace('<itemref idref="c1"/>', spine) }
        : member,
    ),
  );
};

const spreadsheet = (row: string): Buffer =>
  buildOpenDocument('spreadsheet', `<table:table table:name="a">${row}</table:table>`);

/** What the words of one format can be made to do. */
export function officeBombs(): readonly HostileDocument[] {
  const cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell>';
  return [
    { name: 'styles.docx', make: chainOfStyles },
    { name: 'numbers.docx', make: endlessNumbers },
    { name: 'notes.docx', make: notesOfNotes },
    {
      name: 'tables.docx',
      make: () =>
        buildDocx(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 60, wordParagraph('a')).repeat(5_000)),
    },
    {
      name: 'spans.docx',
      make: () =>
        buildDocx(
          `<w:tbl>${'<w:tr><w:trPr><w:gridBefore w:val="2147483647"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>'.repeat(50_000)}</w:tbl>`,
        ),
    },
    { name: 'slides.pptx', make: sameSlides },
    { name: 'sheets.xlsx', make: sameSheets },
    { name: 'strings.xlsx', make: sharedAgain },
    { name: 'formats.xlsx', make: oddFormats },
    { name: 'columns.xlsx', make: columnsBeyond },
    {
      name: 'cells.xlsx',
      make: () =>
        buildXlsx([`<sheetData>${`<row>${'<c><v>1</v></c>'.repeat(1_000)}</row>`.repeat(1_500)}</sheetData>`]),
    },
    {
      name: 'rows.ods',
      make: () => spreadsheet(`<table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row>`),
    },
    {
      name: 'cells.ods',
      make: () => spreadsheet(`<table:table-row>${cell.repeat(10_000)}</table:table-row>`.repeat(10)),
    },
    {
      name: 'spaces.odt',
      make: () => buildOpenDocument('text', '<text:p>a<text:s text:c="2147483647"/>b</text:p>'.repeat(100_000)),
    },
    {
      name: 'lists.odt',
      make: () =>
        buildOpenDocument(
          'text',
          nested('<text:list><text:list-item>', '</text:list-item></text:list>', 95, '<text:p>a</text:p>').repeat(
            2_000,
          ),
        ),
    },
    {
      name: 'tables.odt',
      make: () =>
        buildOpenDocument(
          'text',
          nested(
            '<table:table><table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="500">',
            '</table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>',
            40,
            '<text:p>a</text:p>',
          ),
        ),
    },
    { name: 'spine.epub', make: sameChapter },
  ];
}
