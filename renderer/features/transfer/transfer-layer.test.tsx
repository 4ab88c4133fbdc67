import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportReport } from '../../../electron/shared/transfer.ts';
import { createId, fileTicketSchema } from '../../../electron/shared/ids.ts';
import { AppError } from '../../../electron/shared/app-error.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { TransferLayer } from './transfer-layer.tsx';
import { ExportAll, ImportChats } from './transfer-settings.tsx';

let saved: { readonly name: string; readonly blob: Blob }[] = [];
beforeAll(completeJsdom);
beforeEach(() => {
  saved = [];
  const blobs = new Map<string, Blob>();
  URL.createObjectURL = (blob: Blob) => {
    blobs.set(`blob:${blobs.size}`, blob);
    return `blob:${blobs.size - 1}`;
  };
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (blob !== undefined) saved.push({ name: this.download, blob });
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ticket = createId(fileTicketSchema);

function show(answers: Answers): void {
  const api = createApiDouble({ 'conversations.list': () => [buildConversation()], ...answers });
  const door = { ...api.door, ticketFor: () => Promise.resolve({ ticket, name: 'export.zip', sizeBytes: 3 }) };
  renderInWords(
    <ApiProvider api={{ ...api, door }}>
      <ExportAll />
      <ImportChats />
      <TransferLayer />
    </ApiProvider>,
  );
}

const report: ImportReport = {
  source: 'chatgpt',
  conversations: 2,
  messages: 1_204,
  skipped: [{ reason: 'already-imported', count: 1, examples: ['Iceland'] }],
};
const chooseFile = (): void => {
  const input = document.querySelector('input[type=file]');
  if (input === null) throw new Error('There is nothing to choose a file with.');
  fireEvent.change(input, { target: { files: [new File(['PK'], 'export.zip')] } });
};

describe('TransferLayer', () => {
  it('saves the pieces of an export in their order, each under its file', async () => {
    show({
      'transfer.export': async function* () {
        yield { fileName: 'chats.json', text: '{"a":' };
        yield { fileName: 'second.json', text: 'other' };
        yield { fileName: 'chats.json', text: '"ü"}' };
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as JSON' }));
    expect(await screen.findByText(/2 files are written/)).toBeTruthy();
    expect(saved.map(({ name }) => name)).toEqual(['chats.json', 'second.json']);
    expect(saved[0]?.blob.size).toBe(new TextEncoder().encode('{"a":"ü"}').length);
  });

  it('saves nothing of an export that was cancelled', async () => {
    // Catches the half file that looks like a whole one.
    const end = Promise.withResolvers<void>();
    show({
      'transfer.export': async function* () {
        yield { fileName: 'chats.json', text: '{"half":' };
        await end.promise;
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as JSON' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    end.resolve();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull());
    expect(saved).toEqual([]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('reports what an import took, and what it left out and why', async () => {
    const take = vi.fn(() => Promise.resolve(report));
    show({ 'transfer.import': take });
    chooseFile();
    expect(await screen.findByText('Taken: 2 chats with 1,204 messages.')).toBeTruthy();
    expect(take).toHaveBeenCalledExactlyOnceWith({ ticket });
    expect(screen.getByText('Recognised as an export of ChatGPT.')).toBeTruthy();
    expect(screen.getByText('1 chat that is here already')).toBeTruthy();
    expect(screen.getByText('Iceland')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says why a file could not be imported', async () => {
    show({ 'transfer.import': () => Promise.reject(new AppError('transfer/unknown-format', 'Unknown.')) });
    chooseFile();
    expect((await screen.findByRole('alert')).textContent).toMatch(/./);
    expect(screen.getByRole('button', { name: 'Close' })).toBeTruthy();
  });
});
