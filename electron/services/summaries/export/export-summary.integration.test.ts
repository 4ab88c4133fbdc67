import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentReader } from '../../../parsing/create-document-reader.ts';
import { createChildProcessLauncher } from '../../../parsing/launchers/child-process-launcher.ts';
import type { DocumentReader } from '../../../parsing/document-reader.ts';
import { createSystemClock } from '../../../platform/system-clock.ts';
import type { Summary } from '../../../shared/summary.ts';
import { buildDocument, buildSummary } from '../../../testing/build-records.ts';
import { createRecordingLogger } from '../../../testing/recording-logger.ts';
import { exportSummary } from './export-summary.ts';
import { createExportWords } from './export-words.ts';

const { description } = buildDocument(['x'], { name: 'Отчёт: 2026/Ω.pdf', format: 'pdf', pages: 20 }).document;
const place = (page: number) => ({ documentHash: description.hash, start: page * 100, end: page * 100 + 50, page });
const english = createExportWords('en');
const summary: Summary = buildSummary(description, {
  status: 'complete',
  modelName: 'Small',
  statements: [
    {
      text: 'Der Rat beschloss 1.200 Euro für Größe & Straße.',
      quotes: [
        { place: place(3), quote: 'Der Rat hat\n1.200 Euro <beschlossen>.' },
        { place: place(12), quote: 'Für Größe und Straße.' },
      ],
      isExtract: false,
    },
    {
      text: 'Η απόφαση ελήφθη, и решение принято. [link](http://example.com)',
      quotes: [{ place: place(7), quote: 'Решение принято\u0000 единогласно.' }],
      isExtract: true,
    },
  ],
  coverage: { sections: 4, sectionsRead: 3, characters: 2_000, charactersRead: 1_900, unreadablePages: [19] },
});

/** The app's own reader over what the app has written: a file that it cannot open, nobody can. */
describe('exportSummary', () => {
  let reader: DocumentReader;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-exports-'));
    reader = createDocumentReader({
      launcher: createChildProcessLauncher(),
      clock: createSystemClock(),
      logger: createRecordingLogger(),
      workerPath: join(import.meta.dirname, '../../../parsing/worker/index.ts'),
    });
  });
  afterAll(async () => {
    await reader.close();
    await rm(folder, { recursive: true });
  });

  // Fonts that come with PDF readers have no Greek and no Cyrillic: such letters would be other letters or none.
  it.each(['markdown', 'docx', 'pdf'] as const)('writes %s that holds statements, pages and quotes', async (format) => {
    const { name, bytes } = await exportSummary(summary, 'pdf', format, english);
    expect(name).toMatch(/^Отчёт 2026 Ω - summary\.(?:md|docx|pdf)$/);
    const path = join(folder, name);
    await writeFile(path, bytes);
    const { text } = await reader.read({ path, name }, { signal: new AbortController().signal });
    const words = text.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
    for (const part of [
      'Der Rat beschloss 1.200 Euro für Größe & Straße. [p. 3, p. 12]',
      'Η απόφαση ελήφθη, и решение принято.',
      '“Der Rat hat 1.200 Euro <beschlossen>.”',
      'Решение принято единогласно.',
      'Key points',
      '95%',
      'Not readable: pages 19.',
    ]) {
      expect(words).toContain(part);
    }
  });

  it.each(['markdown', 'docx', 'pdf'] as const)('speaks the language of the app in %s', async (format) => {
    // Catches facts and marks in English under a German summary.
    const { name, bytes } = await exportSummary(summary, 'pdf', format, createExportWords('de'));
    expect(name).toMatch(/ - Zusammenfassung\./);
    const path = join(folder, name);
    await writeFile(path, bytes);
    const { text } = await reader.read({ path, name }, { signal: new AbortController().signal });
    const words = text.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
    for (const part of ['Zusammenfassung von', 'Art: ', '[S. 3, S. 12]', 'Nicht lesbar: Seiten 19.']) {
      expect(words).toContain(part);
    }
    expect(words).not.toMatch(/Summary|Style|Document:|Not readable/);
  });

  it('says which characters a PDF could not show', async () => {
    // Catches boxes without a word, which a reader takes for what the document says.
    const chinese = buildSummary(description, {
      status: 'complete',
      statements: [{ text: '\u5408\u540C started.', quotes: [], isExtract: false }],
    });
    const read = async (of: Summary) => {
      const { name, bytes } = await exportSummary(of, 'pdf', 'pdf', english);
      const path = join(folder, name);
      await writeFile(path, bytes);
      const { text } = await reader.read({ path, name }, { signal: new AbortController().signal });
      return text.replaceAll(/\s+/g, ' ');
    };
    expect(await read(chinese)).toContain('a box stands in their place: U+5408 U+540C.');
    expect(await read(summary)).not.toContain('a box stands');
  });

  it('makes no link of what a document says', async () => {
    const { bytes } = await exportSummary(summary, 'pdf', 'markdown', english);
    expect(new TextDecoder().decode(bytes)).not.toMatch(/[^\\]\[link\]\(/);
  });
});
