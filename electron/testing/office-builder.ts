import { writeZip } from './zip-writer.ts';
import type { ZipMember } from './zip-writer.ts';

const relationshipsNamespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A part that lists relationships: `[id, type, target]` each. */
export function relationshipsPart(list: readonly (readonly [string, string, string])[]): string {
  const rows = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${officeNamespace}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${relationshipsNamespace}">${rows.join('')}</Relationships>`;
}

const root = (target: string): ZipMember => ({
  name: '_rels/.rels',
  content: relationshipsPart([['main', 'officeDocument', target]]),
});

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** Members of a Word document around the content of its body; `parts` are the contents of `styles` and the like, without their root. */
export function docxMembers(body: string, parts: Readonly<Record<string, string>> = {}): readonly ZipMember[] {
  const names = Object.keys(parts);
  return [
    root('word/document.xml'),
    { name: 'word/document.xml', content: `<w:document ${word}><w:body>${body}</w:body></w:document>` },
    {
      name: 'word/_rels/document.xml.rels',
      content: relationshipsPart(names.map((name) => [name, name, `${name}.xml`])),
    },
    ...Object.entries(parts).map(([name, content]) => ({
      name: `word/${name}.xml`,
      content: `<w:${name} ${word}>${content}</w:${name}>`,
    })),
  ];
}

/** A Word document. */
export const buildDocx = (body: string, parts: Readonly<Record<string, string>> = {}): Buffer =>
  writeZip(docxMembers(body, parts));

/** A paragraph of a Word document. */
export const wordParagraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

const sheet = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeNamespace}"`;

/** What a workbook is made of beside its sheets. */
export type WorkbookParts = {
  /** Before the list of sheets. */
  readonly properties?: string;
  readonly sharedStrings?: string;
  readonly styles?: string;
};

/** Members of a workbook; each sheet is the content of its `worksheet`. */
export function xlsxMembers(sheets: readonly string[], parts: WorkbookParts = {}): readonly ZipMember[] {
  const list = sheets.map((_content, index) => `<sheet name="Sheet ${index + 1}" r:id="s${index + 1}"/>`);
  const { properties = '', sharedStrings = '', styles = '' } = parts;
  return [
    root('xl/workbook.xml'),
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${sheet}>${properties}<sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationshipsPart([
        ['strings', 'sharedStrings', 'sharedStrings.xml'],
        ['styles', 'styles', 'styles.xml'],
        ...sheets.map((_content, index) => [`s${index + 1}`, 'worksheet', `sheet${index + 1}.xml`] as const),
      ]),
    },
    { name: 'xl/sharedStrings.xml', content: `<sst ${sheet}>${sharedStrings}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet ${sheet}>${styles}</styleSheet>` },
    ...sheets.map((content, index) => ({
      name: `xl/sheet${index + 1}.xml`,
      content: `<worksheet ${sheet}>${content}</worksheet>`,
    })),
  ];
}

/** A workbook. */
export const buildXlsx = (sheets: readonly string[], parts: WorkbookParts = {}): Buffer =>
  writeZip(xlsxMembers(sheets, parts));

const slide = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${officeNamespace}"`;

/** Members of a presentation; each slide is the content of its tree of shapes. */
export function pptxMembers(slides: readonly string[]): readonly ZipMember[] {
  const list = slides.map((_shapes, index) => `<p:sldId id="${256 + index}" r:id="s${index + 1}"/>`);
  return [
    root('ppt/presentation.xml'),
    {
      name: 'ppt/presentation.xml',
      content: `<p:presentation ${slide}><p:sldIdLst>${list.join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      content: relationshipsPart(slides.map((_shapes, index) => [`s${index + 1}`, 'slide', `slide${index + 1}.xml`])),
    },
    ...slides.map((shapes, index) => ({
      name: `ppt/slide${index + 1}.xml`,
      content: `<p:sld ${slide}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
    })),
  ];
}

/** A presentation. */
export const buildPptx = (slides: readonly string[]): Buffer => writeZip(pptxMembers(slides));

/** A text box of a slide. */
export const slideText = (text: string): string =>
  `<p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;

const open = ['office', 'text', 'table', 'style', 'presentation']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat('xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"')
  .concat('xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"')
  .join(' ');

/** Members of an OpenDocument file. @param styles - the automatic styles. */
export function openDocumentMembers(
  kind: 'text' | 'spreadsheet' | 'presentation',
  body: string,
  styles = '',
): readonly ZipMember[] {
  return [
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}` },
    {
      name: 'content.xml',
      content: `<office:document-content ${open}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
  ];
}

/** An OpenDocument file. */
export const buildOpenDocument = (kind: 'text' | 'spreadsheet' | 'presentation', body: string, styles = ''): Buffer =>
  writeZip(openDocumentMembers(kind, body, styles));

/** Members of a book; each chapter is the content of its body. @param extra - for the package, such as `<dc:title>`. */
export function epubMembers(chapters: readonly string[], extra = ''): readonly ZipMember[] {
  const items = chapters.map(
    (_body, index) => `<item id="c${index + 1}" href="c${index + 1}.xhtml" media-type="application/xhtml+xml"/>`,
  );
  const spine = chapters.map((_body, index) => `<itemref idref="c${index + 1}"/>`);
  return [
    { name: 'mimetype', content: 'application/epub+zip' },
    {
      name: 'META-INF/container.xml',
      content:
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/package.opf"/></rootfiles></container>',
    },
    {
      name: 'book/package.opf',
      content: `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${extra}</metadata><manifest>${items.join('')}</manifest><spine>${spine.join('')}</spine></package>`,
    },
    ...chapters.map((body, index) => ({
      name: `book/c${index + 1}.xhtml`,
      content: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`,
    })),
  ];
}

/** A book. */
export const buildEpub = (chapters: readonly string[], extra = ''): Buffer => writeZip(epubMembers(chapters, extra));
