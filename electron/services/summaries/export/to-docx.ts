import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { ExportContent, ExportStatement } from './export-content.ts';

const faint = '595959';

// XML has no room for control characters; a text from outside may have them.
const clean = (text: string): string => text.replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ').toWellFormed();

function runs({ text, where }: ExportStatement): readonly TextRun[] {
  return [new TextRun(clean(text)), ...(where === null ? [] : [new TextRun({ text: ` [${where}]`, color: faint })])];
}

function quoteParagraphs({ quotes }: ExportStatement): readonly Paragraph[] {
  return quotes.map(
    ({ where, words }) =>
      new Paragraph({
        indent: { left: 720 },
        spacing: { after: 60 },
        children: [
          new TextRun({
            text: `${where === '' ? '' : `${where}: `}“${clean(words)}”`,
            italics: true,
            size: 18,
            color: faint,
          }),
        ],
      }),
  );
}

/** A Word document: title, facts, statements with their places, the quotes below each. */
export async function toDocx({ title, facts, groups, isList }: ExportContent): Promise<Uint8Array> {
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(clean(title))] }),
    ...facts.map((fact) => new Paragraph({ children: [new TextRun({ text: clean(fact), color: faint })] })),
    new Paragraph({ children: [] }),
    ...groups.flatMap((group) => [
      ...(group.title === ''
        ? []
        : [new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(clean(group.title))] })]),
      ...group.statements.flatMap((statement) => [
        new Paragraph({
          ...(isList ? { bullet: { level: 0 } } : {}),
          spacing: { before: 120, after: 60 },
          children: [...runs(statement)],
        }),
        ...quoteParagraphs(statement),
      ]),
    ]),
  ];
  const file = new Document({ title: clean(title), creator: 'Sotto', sections: [{ children }] });
  return new Uint8Array(await Packer.toBuffer(file));
}
