import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageText } from '../../shared/message.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { openDocumentServices } from '../../testing/open-document-services.ts';
import { readRun } from '../../testing/read-run.ts';

const manual = [
  '# The X200 printer',
  '## Warranty',
  'The X200 comes with a warranty of 24 months from the date of purchase. The warranty does not cover wear of the drum. To claim it, send the receipt to the service centre in Graz.',
  '## Paper',
  'The paper tray holds 250 sheets. Two-sided printing is switched on in the menu Settings, Paper. Thick paper goes into the slot at the back.',
  '## Toner',
  'When the red light blinks twice, the toner is nearly empty. Shake the cartridge before it is put in. Empty cartridges are collected at the town hall.',
  '## Network',
  'The printer is found by every computer in the same network. Its name is shown on the display. A cable is faster than the radio.',
].join('\n\n');

const signal = new AbortController().signal;

/** The real engine, the real models, the real database: what a person has after the first start. */
describe('questions and summaries of a document', () => {
  let app: Awaited<ReturnType<typeof openDocumentServices>>;
  let folder = '';
  let documentId: DocumentId;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-journeys-'));
    app = await openDocumentServices();
    const path = join(folder, 'manual.md');
    await writeFile(path, manual);
    const { id } = await app.documents.add(app.ticketFor(path), signal);
    const { status, error } = await app.documents.whenIndexed(id, signal);
    if (status !== 'ready') throw new Error(`The document is not indexed: ${error?.code}`);
    documentId = id;
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const ask = async (question: string) => {
    const { runId, answerId } = await app.answers.ask({
      scope: { documentIds: [documentId], collectionIds: [] },
      question,
    });
    await readRun(app.runs, runId);
    const message = await app.storage.messages.get(answerId);
    if (!message) throw new Error('The answer is not stored.');
    const citations = message.parts.flatMap((part) => (part.type === 'citation' ? [part.passage.passage] : []));
    const notices = message.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));
    return { text: messageText(message), citations, notices, status: message.status };
  };

  it('answers from the right passage and cites it', async () => {
    const { text, citations, notices, status } = await ask('How many sheets does the paper tray hold?');
    expect(status).toBe('complete');
    expect(text).toMatch(/250.*\[\d\]/s);
    // Short sections are one passage, under the heading above them.
    expect(citations[0]?.text).toMatch(/paper tray holds 250/i);
    expect(notices).toEqual([expect.stringMatching(/^documents-(?:whole|passages)$/)]);
  });

  it('says that the document does not tell, and invents nothing', async () => {
    const { text, citations, notices } = await ask('Who founded the company in Osaka?');
    expect(text).toBe('');
    expect(notices).toEqual(['not-in-documents']);
    expect(citations.length).toBeGreaterThan(0);
  });

  // Five passages never hold every deadline of a contract.
  it('reads every part when everything of a kind is asked for, and quotes it as it stands', async () => {
    const { text, citations, notices } = await ask('List all deadlines and periods');
    expect(notices).toContain('documents-every-part');
    expect(text).toContain('“The X200 comes with a warranty of 24 months from the date of purchase.”');
    for (const quote of text.matchAll(/“(.+?)”/g)) {
      expect(citations.some((passage) => passage.text.replaceAll(/\s+/g, ' ').includes(quote[1] ?? ''))).toBe(true);
    }
  });

  it('searches a follow-up with what was spoken of before, and tells so', async () => {
    const scope = { documentIds: [documentId], collectionIds: [] };
    const first = await app.answers.ask({ scope, question: 'How many sheets does the paper tray hold?' });
    await readRun(app.runs, first.runId);
    const { conversationId } = first;
    const second = await app.answers.ask({ conversationId, scope, question: 'And where does thick paper go?' });
    const parts = await readRun(app.runs, second.runId);
    const grounds = parts.find((part) => part.type === 'grounds');
    expect(grounds?.type === 'grounds' && grounds.searchedAs).toMatch(/tray.*And where does thick paper go\?$/);
  });

  it('asks each document by itself when they are compared, and names the one that does not say it', async () => {
    const other = join(folder, 'other.md');
    await writeFile(
      other,
      '# The Y5 printer\n\nThe Y5 comes with a warranty of 36 months from the date of purchase.\n',
    );
    const { id } = await app.documents.add(app.ticketFor(other), signal);
    await app.documents.whenIndexed(id, signal);
    const scope = { documentIds: [documentId, id], collectionIds: [] };
    const { runId, answerId } = await app.answers.ask({ scope, question: 'Compare the warranty of the printers' });
    await readRun(app.runs, runId);
    const message = await app.storage.messages.get(answerId);
    const text = messageText(message ?? { parts: [] });
    expect(message?.parts).toContainEqual({ type: 'notice', name: 'documents-compared' });
    expect(text).toMatch(/\*\*manual\.md\*\*[\s\S]*24 months[\s\S]*\*\*other\.md\*\*[\s\S]*36 months/);
  });

  it('reads all of a document for its summary', async () => {
    const { summaryId, runId } = await app.summaries.start({
      documentId,
      request: { style: 'one-sentence', length: 'medium', focus: '' },
    });
    await readRun(app.runs, runId);
    const summary = await app.summaries.get(summaryId);
    expect(summary.status).toBe('complete');
    expect(summary.coverage.charactersRead).toBe(manual.length);
    expect(summary.coverage.sectionsRead).toBe(summary.coverage.sections);
    expect(summary.summary).not.toBe('');
    for (const { place } of summary.sections) expect(manual.slice(place.start, place.end).trim()).not.toBe('');
  });
});
