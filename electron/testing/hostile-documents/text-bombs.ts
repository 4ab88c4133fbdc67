import { deflateSync } from 'node:zlib';
import type { HostileDocument } from './hostile-document.ts';

const million = 1_000_000;

const mail = (rest: string): string =>
  `From: Mira <mira@example.org>\nTo: Jonas <jonas@example.org>\nSubject: Words\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n${rest}`;

function nestedMail(depth: number): string {
  const parts = Array.from(
    { length: depth },
    (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\n\n--b${index}\n`,
  );
  return mail(`${parts.join('')}Content-Type: text/plain\n\nWords.`);
}

/** A PDF of the objects; its table of them is left to the reader to rebuild. */
const pdf = (...objects: readonly string[]): string =>
  `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R >>\n%%EOF`;

const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>';
const tree = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page] as const;

function packedContents(content: string): Buffer {
  const packed = deflateSync(content);
  const [head = '', tail = ''] = pdf(
    ...tree,
    `<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n@@\nendstream`,
  ).split('@@');
  return Buffer.concat([Buffer.from(head), packed, Buffer.from(tail)]);
}

const of = (text: () => string) => (): Buffer => Buffer.from(text());

function pdfBombs(): readonly HostileDocument[] {
  return [
    {
      name: 'loop.pdf',
      make: of(() =>
        pdf('<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2147483647 >>'),
      ),
    },
    { name: 'arrays.pdf', make: of(() => pdf(...tree, `${'['.repeat(million)}`)) },
    { name: 'dictionaries.pdf', make: of(() => pdf(...tree, `${'<</a '.repeat(million)}`)) },
    { name: 'contents.pdf', make: () => packedContents('q '.repeat(30 * million)) },
    { name: 'text.pdf', make: () => packedContents(`BT ${'(a) Tj '.repeat(3 * million)}ET`) },
    {
      name: 'script.pdf',
      make: of(() =>
        pdf(
          '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(true){}) >> >>',
          ...tree.slice(1),
          '<< /Length 0 >>\nstream\n\nendstream',
        ),
      ),
    },
    {
      name: 'outline.pdf',
      make: of(() =>
        pdf(
          '<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>',
          ...tree.slice(1),
          '<< /First 4 0 R /Last 4 0 R /Next 4 0 R /Title (a) >>',
        ),
      ),
    },
    { name: 'references.pdf', make: of(() => pdf('2 0 R', '3 0 R', '1 0 R')) },
  ];
}

/** What formats of plain text, and PDF, can be made to do. */
export function textBombs(): readonly HostileDocument[] {
  return [
    ...pdfBombs(),
    { name: 'depth.html', make: of(() => `<html><body>Words.${'<div>'.repeat(5 * million)}`) },
    { name: 'attribute.html', make: of(() => `<html><body title="${'a'.repeat(30 * million)}">Words.`) },
    {
      name: 'names.html',
      make: of(() => `<html><body ${Array.from({ length: million }, (_, index) => `a${index}=""`).join(' ')}>Words.`),
    },
    { name: 'entities.html', make: of(() => `<html><body>${'&notit;&'.repeat(4 * million)}`) },
    { name: 'tables.html', make: of(() => `<html><body>${'<table><tr><td>a'.repeat(500_000)}`) },
    { name: 'styles.html', make: of(() => `<html><style>${'a{{'.repeat(5 * million)}</style><body>Words.`) },
    { name: 'brackets.md', make: of(() => '['.repeat(20 * million)) },
    { name: 'headings.md', make: of(() => '# a\n'.repeat(5 * million)) },
    { name: 'fences.md', make: of(() => '```\n~~~\n'.repeat(3 * million)) },
    { name: 'columns.csv', make: of(() => ','.repeat(30 * million)) },
    { name: 'rows.csv', make: of(() => 'a,b\n'.repeat(8 * million)) },
    { name: 'quote.csv', make: of(() => `a,b\n"${'""a,\n'.repeat(5 * million)}`) },
    { name: 'line.txt', make: of(() => 'a'.repeat(60 * million)) },
    { name: 'tags.txt', make: of(() => `Words.${'\u{e0041}'.repeat(5 * million)}`) },
    { name: 'joined.txt', make: of(() => `a${'\u0301'.repeat(10 * million)}`) },
    { name: 'braces.json', make: of(() => '{"a":['.repeat(5 * million)) },
    { name: 'nested.eml', make: of(() => nestedMail(20_000)) },
    { name: 'header.eml', make: of(() => mail(`X-Long: ${'a b\n '.repeat(5 * million)}\n\nWords.`)) },
    { name: 'words.eml', make: of(() => mail(`X-A: ${'=?utf-8?q?a?= '.repeat(2 * million)}\n\nWords.`)) },
    {
      name: 'boundary.eml',
      make: of(() => mail(`Content-Type: multipart/mixed; boundary="a"\n\n${'--a\n\n'.repeat(3 * million)}`)),
    },
    { name: 'packed.eml', make: of(() => mail(`Content-Transfer-Encoding: base64\n\n${'QUFB'.repeat(10 * million)}`)) },
  ];
}
