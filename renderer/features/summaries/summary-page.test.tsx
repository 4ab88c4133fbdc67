import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createId,
  documentHashSchema,
  documentIdSchema,
  runIdSchema,
  summaryIdSchema,
} from '../../../electron/shared/ids.ts';
import type { Summary, SummaryRequest } from '../../../electron/shared/summary.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { GoContext } from '../../lib/destination.ts';
import { EvidenceContext } from '../../lib/evidence.ts';
import type { EvidenceTarget } from '../../lib/evidence.ts';
import { Notifications } from '../../ui/notifications.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { SummaryPage } from './summary-page.tsx';

beforeAll(() => {
  completeJsdom();
  window.matchMedia ??= (media) =>
    // Only what a page asks of it.
    ({ matches: true, media, addEventListener: () => undefined, removeEventListener: () => undefined }) as never;
});
afterEach(cleanup);

const documentHash = documentHashSchema.parse('ab'.repeat(32));
const documentId = createId(documentIdSchema);
const made = createId(summaryIdSchema);
const place = (page: number) => ({ documentHash, start: page * 100, end: page * 100 + 50, page });
const pages = Array.from({ length: 4 }, (_, at) => ({
  page: at + 1,
  start: at * 100,
  end: at * 100 + 100,
  label: null,
  reading: at === 2 ? 'unreadable' : 'text',
  size: null,
}));

const summaryOf = (change: Partial<Summary>): Summary => ({
  id: createId(summaryIdSchema),
  documentId,
  documentName: 'Lease.pdf',
  style: 'key-points',
  length: 'medium',
  focus: '',
  status: 'complete',
  runId: null,
  summary: '',
  statements: [
    { text: 'Rent is due on the third.', isExtract: false, quotes: [{ place: place(1), quote: 'the third' }] },
    {
      text: 'Pets are not allowed.',
      isExtract: true,
      quotes: [
        { place: place(2), quote: 'no pets' },
        { place: place(3), quote: 'nor birds' },
      ],
    },
  ],
  sections: [],
  coverage: { sections: 4, sectionsRead: 4, characters: 400, charactersRead: 400 },
  modelName: null,
  usage: null,
  error: null,
  createdAt: 1,
  ...change,
});

function show(summary: Summary, others: readonly Summary[] = []) {
  const calls = {
    start: vi.fn<(input: { readonly request: Partial<SummaryRequest> }) => unknown>(() => ({
      summaryId: made,
      runId: createId(runIdSchema),
    })),
    pause: vi.fn(() => summary),
    resume: vi.fn(() => ({ summaryId: summary.id, runId: createId(runIdSchema) })),
    allowFindings: vi.fn(),
    open: vi.fn<(target: EvidenceTarget) => void>(),
    go: vi.fn(),
  };
  const api = createApiDouble({
    'summaries.get': () => summary,
    'summaries.watch': () => watching([summary, ...others]),
    'summaries.list': () => [summary, ...others],
    'summaries.nodes': () => [],
    'summaries.start': calls.start,
    'summaries.pause': calls.pause,
    'summaries.allowFindings': calls.allowFindings,
    'summaries.resume': calls.resume,
    'documents.get': () => ({ id: documentId, hash: documentHash }),
    'documents.pages': () => pages,
  });
  renderInWords(
    <Notifications>
      <ApiProvider api={api}>
        <GoContext value={calls.go}>
          <EvidenceContext value={{ open: calls.open }}>
            <SummaryPage summaryId={summary.id} />
          </EvidenceContext>
        </GoContext>
      </ApiProvider>
    </Notifications>,
  );
  return calls;
}

describe('SummaryPage', () => {
  it('opens the place of a statement with the other places of that statement, and of no other', async () => {
    const { open } = show(summaryOf({}));
    fireEvent.click(await screen.findByRole('button', { name: 'Show passage 3: p. 3' }));
    const target = open.mock.calls[0]?.[0];
    expect(target).toMatchObject({ mark: 3, place: { page: 3 } });
    expect(target?.others.map(({ mark, passage }) => [mark, passage.text])).toEqual([
      [2, 'no pets'],
      [3, 'nor birds'],
    ]);
    expect(screen.getByText('word for word')).toBeTruthy();
  });

  // Catches a summary that shows what an answer in a chat would hide, or hides it with no way to see it.
  it('shows what may harm only when it is chosen, and keeps the choice', async () => {
    const findings = [{ kind: 'harmful', start: 0, end: 15 }] as const;
    const [first] = summaryOf({}).statements;
    const harmful = { text: 'Mix the powder.', isExtract: false, quotes: first?.quotes ?? [], findings };
    const summary = summaryOf({ statements: [...summaryOf({}).statements, harmful] });
    const { allowFindings } = show(summary);
    expect(await screen.findByText(/content in this summary that may harm/)).toBeTruthy();
    expect(screen.getByText('Pets are not allowed.')).toBeTruthy();
    expect(screen.getByText('Not shown: this may harm.')).toBeTruthy();
    expect(screen.queryByText('Mix the powder.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show anyway' }));
    expect(await screen.findByText('Mix the powder.')).toBeTruthy();
    await waitFor(() => expect(allowFindings.mock.calls).toMatchObject([[{ id: summary.id, kinds: ['harmful'] }]]));
    fireEvent.click(screen.getByRole('button', { name: 'Hide it again' }));
    expect(screen.queryByText('Mix the powder.')).toBeNull();
  });

  it('names the pages of each piece of the strip, with those that could not be read, and opens them', async () => {
    const { open } = show(summaryOf({}));
    const strip = await screen.findByRole('group', { name: 'The document, part by part' });
    const page = await within(strip).findByRole('button', { name: 'Show p. 3, read, 1 page could not be read' });
    fireEvent.click(page);
    await waitFor(() => expect(open.mock.calls[0]?.[0]).toMatchObject({ mark: null, place: { page: 3, start: 200 } }));
    // Catches a strip of which every piece is a stop of the tab key.
    expect(
      within(strip)
        .getAllByRole('button')
        .filter(({ tabIndex }) => tabIndex === 0),
    ).toHaveLength(1);
  });

  it('opens a summary of that style that exists, and makes the one that does not', async () => {
    const existing = summaryOf({ style: 'page' });
    const { go, start } = show(summaryOf({}), [existing]);
    const styles = await screen.findByRole('group', { name: 'Kind of summary' });
    await waitFor(() => {
      fireEvent.click(within(styles).getByRole('button', { name: 'A page' }));
      expect(go).toHaveBeenCalledWith({ page: 'summary', summaryId: existing.id });
    });
    expect(start).not.toHaveBeenCalled();
    fireEvent.click(within(styles).getByRole('button', { name: 'One sentence' }));
    await waitFor(() => expect(start).toHaveBeenCalledOnce());
    expect(start.mock.calls[0]?.[0].request).toEqual({ style: 'one-sentence', length: 'medium', focus: '' });
    // Catches a start that waits for the end of the stream of summaries before it leads on.
    await waitFor(() => expect(go).toHaveBeenCalledWith({ page: 'summary', summaryId: made }));
  });

  it('asks for the question before it begins, and does not begin without one', async () => {
    const { start } = show(summaryOf({}));
    const styles = await screen.findByRole('group', { name: 'Kind of summary' });
    fireEvent.click(within(styles).getByRole('button', { name: 'Question' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Summarise' }));
    expect(within(dialog).getByText('Write a line first.')).toBeTruthy();
    expect(start).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: ' Who pays for repairs? ' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Summarise' }));
    await waitFor(() => expect(start).toHaveBeenCalledOnce());
    expect(start.mock.calls[0]?.[0].request).toEqual({
      style: 'question',
      length: 'medium',
      focus: 'Who pays for repairs?',
    });
  });

  it('says the place in the queue, and goes on where it was paused', async () => {
    const earlier = summaryOf({ status: 'queued', createdAt: 1 });
    const { pause } = show(summaryOf({ status: 'queued', createdAt: 2 }), [earlier]);
    await screen.findByText('Waiting for its turn: number 2 in the queue.');
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(pause).toHaveBeenCalledOnce());
    cleanup();
    const { resume } = show(summaryOf({ status: 'paused' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(resume).toHaveBeenCalledOnce());
  });
});
