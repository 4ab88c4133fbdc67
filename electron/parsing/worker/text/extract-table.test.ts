import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../decode-text.ts';
import type { ExtractionTools } from '../extracted-document.ts';
import { extractTable } from './extract-table.ts';

const tools: ExtractionTools = { name: 'a.csv', recognitionLanguages: [], onProgress: () => undefined };
const read = async (text: string) => await extractTable({ text, encoding: 'utf-8' }, tools);

describe('extractTable', () => {
  // Line numbers of a citation are those that an editor shows, also below a record of several lines.
  it.each(['costs-python.csv', 'costs-libreoffice.csv'])('reads what another program wrote: %s', async (name) => {
    const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/text', name));
    const { text, tables } = await extractTable(decodeText(bytes, name), tools);
    expect(text.trimEnd().split('\n')).toEqual([
      'Room | Area (m²) | Note',
      'Kitchen | 14.5 | new stove, wired 2024',
      '',
      'Loft | 31 | said to be "dry"',
      'Cellar | 22',
    ]);
    expect(tables).toEqual([{ start: 0, end: text.length, header: 'Room | Area (m²) | Note' }]);
  });

  it('takes figures in the first row for data', async () => {
    expect((await read('1,2\n3,4')).tables[0]?.header).toBe('');
  });

  it('tells tabs and keeps a comma inside them', async () => {
    expect((await read('a\tb, c\td\n1\t2\t3')).text).toBe('a | b, c | d\n1 | 2 | 3');
  });

  // One stray quote must not swallow the rest of the file into a single cell.
  it('goes on after a quote that nothing closes', async () => {
    const lines = [
      'size,name',
      '5" pipe,a',
      ...Array.from({ length: 600 }, (_value, row) => `${row},b`),
      '"open,c',
      '7,d',
    ];
    const { text } = await read(lines.join('\n'));
    const rows = text.split('\n');
    expect(rows).toHaveLength(lines.length);
    expect(rows.slice(-3)).toEqual(['599 | b', '"open | c', '7 | d']);
    expect(rows[1]).toBe('5" pipe | a');
  });
});
