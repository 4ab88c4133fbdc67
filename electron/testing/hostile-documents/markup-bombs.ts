import {
  buildEpub,
  docxMembers,
  openDocumentMembers,
  pptxMembers,
  slideText,
  wordParagraph,
  xlsxMembers,
} from '../office-builder.ts';
import { writeZip } from '../zip-writer.ts';
import type { ZipMember } from '../zip-writer.ts';
import type { HostileDocument } from './hostile-document.ts';

const million = 1_000_000;

/** Each format, around a piece of markup in its main part; `words` is markup that shows words. */
const formats: readonly {
  readonly extension: string;
  readonly members: (markup: string) => readonly ZipMember[];
  readonly main: string;
  readonly words: (text: string) => string;
}[] = [
  { extension: 'docx', members: docxMembers, main: 'word/document.xml', words: wordParagraph },
  { extension: 'pptx', members: (markup) => pptxMembers([markup]), main: 'ppt/slide1.xml', words: slideText },
  {
    extension: 'xlsx',
    members: (markup) => xlsxMembers([`<sheetData>${markup}</sheetData>`]),
    main: 'xl/sheet1.xml',
    words: (text) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`,
  },
  {
    extension: 'odt',
    members: (markup) => openDocumentMembers('text', markup),
    main: 'content.xml',
    words: (text) => `<text:p>${text}</text:p>`,
  },
  {
    extension: 'ods',
    members: (markup) => openDocumentMembers('spreadsheet', `<table:table>${markup}</table:table>`),
    main: 'content.xml',
    words: (text) => `<table:table-row><table:table-cell><text:p>${text}</text:p></table:table-cell></table:table-row>`,
  },
  {
    extension: 'odp',
    members: (markup) => openDocumentMembers('presentation', `<draw:page>${markup}</draw:page>`),
    main: 'content.xml',
    words: (text) => `<draw:frame><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`,
  },
];

const laughs = `<!DOCTYPE x [<!ENTITY l0 "ha">${Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]>`;
const external =
  '<!DOCTYPE x [<!ENTITY % d SYSTEM "http://127.0.0.1:9/d.dtd">%d;<!ENTITY x SYSTEM "file:///etc/passwd">]>';

/** The members with a declaration in front of the main part. */
const declared = (members: readonly ZipMember[], main: string, declaration: string): readonly ZipMember[] =>
  members.map((member) =>
    member.name === main ? { ...member, content: `${declaration}${String(member.content)}` } : member,
  );

/** What markup can be made to do, in each format of XML. */
export function markupBombs(): readonly HostileDocument[] {
  return formats.flatMap(({ extension, members, main, words }) => {
    const around = (markup: string) => (): Buffer => writeZip(members(`${words('Words.')}${markup}`));
    return [
      { name: `depth.${extension}`, make: around('<a>'.repeat(million)) },
      { name: `elements.${extension}`, make: around('<a/>'.repeat(10 * million)) },
      { name: `attributes.${extension}`, make: around(`<a ${'b="1" '.repeat(5 * million)}/>`) },
      {
        name: `names.${extension}`,
        make: around(`<a ${Array.from({ length: million }, (_, i) => `b${i}=""`).join(' ')}/>`),
      },
      { name: `attribute.${extension}`, make: around(`<a b="${'c'.repeat(15 * million)}"/>`) },
      {
        name: `namespaces.${extension}`,
        make: around('<a xmlns:b="urn:c" xmlns:d="urn:e">'.repeat(199) + '<a xmlns:f="g"/>'.repeat(million)),
      },
      { name: `comment.${extension}`, make: around(`<!--${'-'.repeat(15 * million)}`) },
      { name: `section.${extension}`, make: around(`<![CDATA[${']]'.repeat(7 * million)}`) },
      { name: `words.${extension}`, make: around(words('Lots of words. '.repeat(million))) },
      { name: `lines.${extension}`, make: around(words('a').repeat(150_000)) },
      { name: `ratio.${extension}`, make: around(words('a'.repeat(100 * million))) },
      { name: `laughs.${extension}`, make: () => writeZip(declared(members(words('&l12;Words.')), main, laughs)) },
      { name: `external.${extension}`, make: () => writeZip(declared(members(words('&x;Words.')), main, external)) },
    ];
  });
}

/** The same for books, whose chapters are read as HTML. */
export function bookBombs(): readonly HostileDocument[] {
  const chapter = (body: string) => (): Buffer => buildEpub([`<p>Words.</p>${body}`]);
  return [
    { name: 'depth.epub', make: chapter('<div>'.repeat(million)) },
    { name: 'elements.epub', make: chapter('<b></b>'.repeat(2 * million)) },
    { name: 'names.epub', make: chapter(`<a ${Array.from({ length: million }, (_, i) => `b${i}=""`).join(' ')}></a>`) },
    { name: 'styles.epub', make: chapter(`<style>${'a{b:c}'.repeat(2 * million)}</style>`) },
    {
      name: 'table.epub',
      make: chapter(`<table>${'<tr><td colspan="1000000" rowspan="1000000">a</td></tr>'.repeat(50_000)}</table>`),
    },
    { name: 'nested-tables.epub', make: chapter('<table><tr><td>a'.repeat(100_000)) },
    { name: 'ratio.epub', make: chapter('a'.repeat(100 * million)) },
    { name: 'chapters.epub', make: () => buildEpub(Array.from({ length: 15_000 }, () => '<p>a</p>')) },
  ];
}
