import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cleanReport } from '../../../electron/shared/document.ts';
import type { DocumentDescription } from '../../../electron/shared/document.ts';
import {
  collectionIdSchema,
  createId,
  documentHashSchema,
  documentIdSchema,
  folderTicketSchema,
  libraryFileIdSchema,
  sourceIdSchema,
} from '../../../electron/shared/ids.ts';
import type { Collection, LibraryFile } from '../../../electron/shared/library.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { EvidenceContext } from '../../lib/evidence.ts';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { giveLayout } from '../../testing/give-layout.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { DocumentsPage } from './documents-page.tsx';

const collection: Collection = {
  id: createId(collectionIdSchema),
  name: 'Contracts',
  sources: [
    {
      id: createId(sourceIdSchema),
      kind: 'folder',
      name: 'Contracts',
      displayPath: '~/Contracts',
      state: 'watching',
      ignorePatterns: ['*.tmp'],
      isLocalOnly: false,
    },
  ],
  counts: { total: 2, ready: 1, pending: 0, failed: 1, skipped: 0 },
  isPaused: false,
  isLocalOnly: false,
  createdAt: 0,
};

const document: DocumentDescription = {
  id: createId(documentIdSchema),
  hash: documentHashSchema.parse('5f'.repeat(32)),
  name: 'lease.pdf',
  title: null,
  format: 'pdf',
  sizeBytes: 1_000,
  characters: 1_000,
  words: 200,
  lines: 20,
  pages: 3,
  passages: 4,
  passagesIndexed: 4,
  status: 'ready',
  error: null,
  report: cleanReport,
  isLoose: false,
  addedAt: 0,
};

const file = (path: string, about: Partial<LibraryFile>): LibraryFile => ({
  id: createId(libraryFileIdSchema),
  collectionId: collection.id,
  sourceId: createId(sourceIdSchema),
  path,
  sizeBytes: 1_000,
  modifiedAt: 0,
  status: 'ready',
  error: null,
  documentId: null,
  ...about,
});

const files = [
  file('2024/lease.pdf', { documentId: document.id }),
  file('locked.pdf', {
    status: 'failed',
    error: { code: 'file/encrypted', message: 'It has a password.', details: { name: 'locked.pdf' } },
  }),
];

const opened = vi.fn<(target: unknown) => void>();

function show(answers: Answers): void {
  const api = createApiDouble({
    'library.watch': () => watching([collection]),
    'documents.watch': () => watching([]),
    'documents.get': () => document,
    'library.files': () => ({ files, total: files.length }),
    ...answers,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <EvidenceContext value={{ open: opened }}>
          <DocumentsPage collectionId={collection.id} />
        </EvidenceContext>
      </Notifications>
    </ApiProvider>,
  );
}

afterEach(cleanup);

beforeAll(() => {
  completeJsdom();
  giveLayout();
});

describe('the documents page', () => {
  it('says of every file how far it is, why one cannot be read, and tries that one again', async () => {
    // Catches: a failed file without its reason, or a retry that asks for another file.
    const retry = vi.fn<(input: unknown) => undefined>();
    show({ 'library.retryFile': retry });
    expect(await screen.findByText(/is protected with a password/)).toBeTruthy();
    expect(screen.getByText('ready', { selector: 'li span' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try locked.pdf again' }));
    await waitFor(() => expect(retry).toHaveBeenCalledWith({ id: files[1]?.id }));
  });

  it('opens a file in the viewer at its first page', async () => {
    show({});
    fireEvent.click(await screen.findByRole('button', { name: 'Open 2024/lease.pdf' }));
    await waitFor(() =>
      expect(opened).toHaveBeenCalledWith(
        expect.objectContaining({ documentId: document.id, place: expect.objectContaining({ page: 1 }) }),
      ),
    );
  });

  it('searches the chosen collection and no other documents while a person types', async () => {
    // Catches: a search that forgets the scope and answers from everything, or from nothing.
    const search = vi.fn<(input: unknown) => readonly unknown[]>(() => []);
    show({ 'documents.search': search });
    const field = await screen.findByRole('searchbox', { name: 'Search in these documents' });
    for (const value of ['no', 'noti', 'notice']) fireEvent.change(field, { target: { value } });
    expect(await screen.findByText(/Nothing was found/)).toBeTruthy();
    expect(search).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ query: 'notice', scope: { documentIds: [], collectionIds: [collection.id] } }),
    );
  });

  it('adds the folder that the picker shows by its ticket', async () => {
    // Catches: adding the folder that was entered first and not the one in sight.
    const [home, inner] = [createId(folderTicketSchema), createId(folderTicketSchema)];
    const listing = { displayPath: '~', parent: null, files: 0, places: [] };
    const addFolder = vi.fn<(input: unknown) => Collection>(() => collection);
    show({
      'library.openFolder': ({ ticket }: { readonly ticket: string | null }) =>
        ticket === inner
          ? { ...listing, ticket: inner, name: 'Letters', folders: [] }
          : { ...listing, ticket: home, name: 'Home', folders: [{ ticket: inner, name: 'Letters' }] },
      'library.addFolder': addFolder,
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Add folder' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Letters' }));
    const add = await screen.findByRole('button', { name: 'Add “Letters”' });
    await waitFor(() => expect(add.hasAttribute('disabled')).toBe(false));
    fireEvent.click(add);
    await waitFor(() => expect(addFolder).toHaveBeenCalledWith({ id: collection.id, ticket: inner }));
  });

  it('pauses the reading of the collection in sight, and of no other', async () => {
    const pause = vi.fn<(input: unknown) => Collection>(() => collection);
    const busy = { ...collection, counts: { ...collection.counts, pending: 3 } };
    show({ 'library.watch': () => watching([busy]), 'library.setCollectionPaused': pause });
    fireEvent.click(await screen.findByRole('button', { name: 'Pause reading' }));
    await waitFor(() => expect(pause).toHaveBeenCalledWith({ id: collection.id, isPaused: true }));
    cleanup();
    show({ 'library.watch': () => watching([{ ...busy, isPaused: true }]), 'library.setCollectionPaused': pause });
    expect(await screen.findByText('Reading of this collection is paused.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Go on reading' }));
    await waitFor(() => expect(pause).toHaveBeenLastCalledWith({ id: collection.id, isPaused: false }));
  });

  it('takes a folder out at once and puts it back when that is undone', async () => {
    const source = { id: createId(sourceIdSchema), kind: 'folder', name: 'Letters' } as const;
    const shown = {
      ...collection,
      sources: [{ ...source, displayPath: '~/Letters', state: 'watching', ignorePatterns: [] }],
    };
    const restore = vi.fn<(input: unknown) => Collection>(() => collection);
    show({
      'library.watch': () => watching([shown]),
      'library.removeSource': () => collection,
      'library.restoreSource': restore,
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Folder or file ~/Letters' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Take out of the collection' }));
    expect(await screen.findByText('“Letters” is taken out. Your own files stay where they are.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(restore).toHaveBeenCalledWith({ id: source.id, collectionId: collection.id }));
  });

  it('deletes a collection at once and brings it back when that is undone', async () => {
    const restore = vi.fn<(input: unknown) => Collection>(() => collection);
    show({ 'library.remove': () => undefined, 'library.restore': restore });
    fireEvent.click(await screen.findByRole('button', { name: 'More for Contracts' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete the collection' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(restore).toHaveBeenCalledWith({ id: collection.id }));
  });
});
