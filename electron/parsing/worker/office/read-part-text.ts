import type { XmlReader } from '../archive/xml-reader.ts';
import type { OfficePackage } from './office-package.ts';

/** Lines of one chart or diagram. */
const lineLimit = 2_000;

/** Lines of text in DrawingML, and the points of a chart's series: each once, in order. */
function gather(reader: XmlReader, lines: Set<string>): void {
  for (const element of reader.children()) {
    if (lines.size >= lineLimit) return;
    if (element.name === 'a:p') lines.add(paragraphText(reader).trim());
    else if (element.name === 'c:strCache' || element.name === 'c:strLit') lines.add(pointsText(reader));
    else if (element.name === 'c:numCache' || element.name === 'c:numLit') lines.add(pointsText(reader));
    else gather(reader, lines);
  }
}

function paragraphText(reader: XmlReader): string {
  let text = '';
  for (const run of reader.children()) {
    if (run.name === 'a:br') text += ' ';
    if (run.name !== 'a:r' && run.name !== 'a:fld') continue;
    for (const part of reader.children()) if (part.name === 'a:t') text += reader.text();
  }
  return text;
}

function pointsText(reader: XmlReader): string {
  const points: string[] = [];
  for (const point of reader.children()) {
    if (point.name !== 'c:pt' || points.length >= lineLimit) continue;
    for (const value of reader.children()) if (value.name === 'c:v') points.push(reader.text());
  }
  return points.join(', ');
}

/** The words of a chart, a diagram or a drawing: titles, names of series, categories and values, each line once. */
export async function readPartText(office: OfficePackage, path: string | null): Promise<readonly string[]> {
  const reader = await office.open(path);
  const lines = new Set<string>();
  if (reader) gather(reader, lines);
  return [...lines].filter((line) => line !== '');
}
