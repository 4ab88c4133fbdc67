import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { ExportContent, ExportStatement } from './export-content.ts';

const faint = '595959';

function runs({ text, where }: ExportStatement): readonly TextRun[] {
  return [new TextRun(text), ...(where === null ? [] : [new TextRun({ text: ` [${where}]`, color: faint })])];
}

function quoteParagraphs({ quotes }: ExportStatement): readonly Paragraph[] {
  return quotes.map(
    ({ where, words }) =>
      new Paragraph({
        indent: { left: 720 },
        spacing: { after: 60 },
        children: [
          new TextRun({
            text: `${where === '' ? '' : `${where}: `}“${words}”`,
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
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    ...facts.map((fact) => new Paragraph({ children: [new TextRun({ text: fact, color: faint })] })),
    new Paragraph({ children: [] }),
    ...groups.flatMap((group) => [
      ...(group.title === ''
        ? []
        : [new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(group.title)] })]),
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
  const file = new Document({ title: title, creator: 'Sotto', sections: [{ children }] });
  return new Uint8Array(await Packer.toBuffer(file));
}
