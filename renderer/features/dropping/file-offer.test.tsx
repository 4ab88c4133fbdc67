import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../electron/shared/app-error.ts';
import {
  collectionIdSchema,
  createId,
  documentIdSchema,
  fileTicketSchema,
  folderTicketSchema,
  runIdSchema,
  summaryIdSchema,
} from '../../../electron/shared/ids.ts';
import type { FileTicket } from '../../../electron/shared/ids.ts';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { GoContext } from '../../lib/destination.ts';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { FileOffer } from './file-offer.tsx';
import type { OfferedFiles } from './file-work.ts';

beforeAll(completeJsdom);
afterEach(cleanup);

const collection = {
  id: createId(collectionIdSchema),
  name: 'Contracts',
  sources: [],
  counts: { total: 3, ready: 3, pending: 0, failed: 0, skipped: 0 },
  isPaused: false,
  createdAt: 1,
};
const folderTicket = createId(folderTicketSchema);
const folder = {
  name: 'Letters',
  file: new File([], 'Letters'),
  // Never walked through where the folder is followed.
  entry: {} as FileSystemDirectoryEntry,
};

function show(offered: Partial<OfferedFiles>, answers: Answers = {}) {
  const named = new Map<FileTicket, string>();
  const go = vi.fn();
  const onClose = vi.fn();
  const api = createApiDouble({
    'settings.get': () => settingsSchema.parse({}),
    'documents.add': ({ ticket }: { readonly ticket: FileTicket }) => {
      const name = named.get(ticket) ?? '';
      if (name.startsWith('bad')) throw new AppError('file/binary', 'Not a text.', { name });
      return { id: createId(documentIdSchema), name };
    },
    'library.list': () => [collection],
    ...answers,
  });
  const door = {
    ...api.door,
    ticketFor: (file: File) => {
      const ticket = createId(fileTicketSchema);
      named.set(ticket, file.name);
      return Promise.resolve({ ticket, name: file.name, sizeBytes: file.size });
    },
    folderTicketFor: () => Promise.resolve(folderTicket),
  };
  renderInWords(
    <ApiProvider api={{ ...api, door }}>
      <GoContext value={go}>
        <FileOffer offered={{ files: [], folders: [], walked: null, choice: null, ...offered }} onClose={onClose} />
      </GoContext>
    </ApiProvider>,
  );
  return { go, onClose };
}

const files = (...names: readonly string[]): readonly File[] => names.map((name) => new File(['text'], name));

describe('FileOffer', () => {
  it('goes on after a file that fails, and names it with its reason before it leads on', async () => {
    // Catches a loop that ends at the first failure, and a failure that is hidden by the page that opens.
    const start = vi.fn(() => ({ summaryId: createId(summaryIdSchema), runId: createId(runIdSchema) }));
    const { go } = show({ files: files('a.txt', 'bad.txt', 'c.txt') }, { 'summaries.start': start });
    fireEvent.click(screen.getByRole('button', { name: /^Summarise/ }));
    await screen.findByText('1 file could not be read:');
    expect(start).toHaveBeenCalledTimes(2);
    expect(screen.getByRole('listitem').textContent).toContain('bad.txt');
    expect(go).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(go).toHaveBeenCalledExactlyOnceWith({ page: 'summaries' });
  });

  it('begins no chat about nothing when every file failed', async () => {
    const create = vi.fn();
    const { go } = show({ files: files('bad1.txt', 'bad2.txt'), choice: 'ask' }, { 'conversations.create': create });
    await screen.findByText('2 files could not be read:');
    expect(create).not.toHaveBeenCalled();
    expect(go).not.toHaveBeenCalled();
  });

  it('adds files to a collection that exists', async () => {
    const addFile = vi.fn();
    const { go, onClose } = show({ files: files('a.txt', 'b.txt') }, { 'library.addFile': addFile });
    fireEvent.click(screen.getByRole('button', { name: /^Add to a collection/ }));
    fireEvent.click(await screen.findByRole('button', { name: /^Contracts/ }));
    await waitFor(() => expect(go).toHaveBeenCalledWith({ page: 'documents', collectionId: collection.id }));
    expect(addFile).toHaveBeenCalledTimes(2);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('follows a folder in a new collection, and offers nothing else for it', async () => {
    const create = vi.fn(() => ({ ...collection, name: 'Letters' }));
    const addFolder = vi.fn();
    const answers = { 'library.create': create, 'library.addFolder': addFolder, 'library.list': () => [] };
    const { go } = show({ folders: [folder], choice: 'collect' }, answers);
    expect(screen.queryByRole('button', { name: /^Summarise/ })).toBeNull();
    await screen.findByText(/There is no collection yet/);
    fireEvent.change(screen.getByRole('textbox', { name: 'New collection' }), { target: { value: ' Letters ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Create and add' }));
    await waitFor(() => expect(go).toHaveBeenCalled());
    expect(create).toHaveBeenCalledExactlyOnceWith({ name: 'Letters' });
    expect(addFolder).toHaveBeenCalledExactlyOnceWith({ id: collection.id, ticket: folderTicket });
  });

  it('says that files of a folder are read once, and what was left out', () => {
    show({ files: files('a.txt'), walked: { isLimited: true, unreadable: 2 } });
    expect(screen.getByText(/read once.*first 500 files.*2 files or folders inside could not be opened/)).toBeTruthy();
  });

  it('says of how many files the rest was left out', () => {
    show({ files: files('a.txt', 'b.txt'), beyondLimit: 4_000 });
    expect(screen.getByText(/4,000 more were left out: one drop takes at most 1,000/)).toBeTruthy();
  });

  it('draws the rows around the file that is read, however many there are', async () => {
    // A list of a thousand rows that is drawn anew with each of a thousand files stands still.
    const many = Array.from({ length: 1_000 }, (_, at) => `${at}.txt`);
    const addFile = vi.fn();
    const most = { rows: 0 };
    const observer = new MutationObserver(() => {
      most.rows = Math.max(most.rows, screen.queryAllByRole('listitem').length);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    const { go } = show({ files: files(...many) }, { 'library.addFile': addFile });
    fireEvent.click(screen.getByRole('button', { name: /^Add to a collection/ }));
    fireEvent.click(await screen.findByRole('button', { name: /^Contracts/ }));
    await waitFor(() => expect(go).toHaveBeenCalled(), { timeout: 30_000 });
    observer.disconnect();
    expect(addFile).toHaveBeenCalledTimes(1_000);
    expect(most.rows).toBeLessThanOrEqual(60);
  }, 40_000);
});
