import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useQuery } from '@tanstack/react-query';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessState } from '../../../electron/shared/access.ts';
import { AppError } from '../../../electron/shared/app-error.ts';
import { ApiProvider, useApi } from '../../api/api-context.tsx';
import type { Api } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { changing } from '../../testing/changing.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { AccessGate } from './access-gate.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const open: AccessState = {
  state: 'open',
  keeping: 'passphrase',
  isChosen: true,
  isBesideKept: false,
  isReadOnly: false,
  lostCommits: 0,
};
const locked: AccessState = { state: 'locked', keeping: 'passphrase', reason: 'passphrase' };
const closed: AccessState = { state: 'locked', keeping: 'keychain', reason: 'keychain-refused' };
const damaged: AccessState = {
  state: 'damaged',
  error: { code: 'storage/corrupt', message: '', details: {} },
  rescue: { conversations: 12, messages: 340, documents: 1, unreadable: 2 },
  backups: [{ name: 'backup-1', madeAt: 0, sizeBytes: 4_000_000 }],
};

function Titles() {
  const { query } = useApi();
  const list = useQuery(query.conversations.list.queryOptions()).data;
  return <p>{list?.map(({ title }) => title).join(', ')}</p>;
}

function show(answers: Answers): Api {
  const api = createApiDouble(answers);
  renderInWords(
    <ApiProvider api={api}>
      <AccessGate refused={<p>refused</p>}>
        <Titles />
      </AccessGate>
    </ApiProvider>,
  );
  return api;
}

const field = async (): Promise<HTMLInputElement> => await screen.findByLabelText('Passphrase');

describe('AccessGate', () => {
  it('says that a passphrase is wrong, and keeps what was typed', async () => {
    const unlock = vi.fn(() => Promise.reject(new AppError('access/wrong-passphrase', 'No.')));
    show({ 'access.watch': () => watching(locked), 'access.unlock': unlock });
    fireEvent.change(await field(), { target: { value: 'nearly right' } });
    fireEvent.submit(await field());
    await waitFor(() => expect(unlock).toHaveBeenCalledExactlyOnceWith({ passphrase: 'nearly right' }));
    expect(await screen.findByText(/This is not the passphrase/)).toBeTruthy();
    expect((await field()).value).toBe('nearly right');
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
  });

  it('shows the passphrase on request, and says when capital letters are locked', async () => {
    show({ 'access.watch': () => watching(locked) });
    expect((await field()).type).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show the passphrase' }));
    expect((await field()).type).toBe('text');
    fireEvent.keyDown(await field(), { key: 'A', modifierCapsLock: true });
    expect(screen.getByText('Caps Lock is on.')).toBeTruthy();
  });

  it('drops everything of a chat when the app locks, from the page and from memory', async () => {
    // Catches the cache that still has every title and message while the door is closed.
    const access = changing<AccessState>(open);
    const api = show({
      'access.watch': access.stream,
      'conversations.list': () => [buildConversation({ title: 'Divorce papers' })],
    });
    expect(await screen.findByText('Divorce papers')).toBeTruthy();
    access.set({ ...locked, reason: 'user' });
    expect(await screen.findByText('Your chats are locked')).toBeTruthy();
    expect(document.body.textContent).not.toContain('Divorce');
    await waitFor(() => {
      const kept = api.queryClient.getQueryCache().getAll();
      expect(JSON.stringify(kept.map(({ state }) => state.data))).not.toContain('Divorce');
    });
    expect(api.queryClient.getMutationCache().getAll()).toEqual([]);
    access.set(open);
    expect(await screen.findByText('Divorce papers')).toBeTruthy();
  });

  it('keeps no passphrase after it has opened the chats', async () => {
    const access = changing<AccessState>(locked);
    const api = show({
      'access.watch': access.stream,
      'access.unlock': () => access.set(open),
      'conversations.list': () => [buildConversation({ title: 'Opened' })],
    });
    fireEvent.change(await field(), { target: { value: 'the right one' } });
    fireEvent.submit(await field());
    expect(await screen.findByText('Opened')).toBeTruthy();
    await waitFor(() =>
      expect(
        JSON.stringify(
          api.queryClient
            .getMutationCache()
            .getAll()
            .map(({ state }) => state.variables),
        ),
      ).not.toContain('the right one'),
    );
  });

  it('asks the keychain again on request', async () => {
    const unlock = vi.fn(() => Promise.reject(new AppError('access/keychain-unavailable', 'Silent.')));
    show({ 'access.watch': () => watching(closed), 'access.unlock': unlock });
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(unlock).toHaveBeenCalledExactlyOnceWith({}));
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain of this computer does not answer');
  });

  it('goes on without the kept chats only when asked to', async () => {
    const goOn = vi.fn(() => new Promise(() => undefined));
    show({ 'access.watch': () => watching(locked), 'access.continueWithoutKept': goOn });
    const button = await screen.findByRole('button', { name: 'Go on without your saved chats' });
    expect(goOn).not.toHaveBeenCalled();
    fireEvent.click(button);
    await waitFor(() => expect(goOn).toHaveBeenCalledOnce());
  });

  it('says what a damaged file still gives, and restores the backup that was chosen', async () => {
    const restore = vi.fn(() => new Promise(() => undefined));
    show({ 'access.watch': () => watching(damaged), 'access.restoreBackup': restore });
    expect(await screen.findByText(/12 chats, 340 messages, 1 document\. 2 records cannot be read\./)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^Restore/ }));
    await waitFor(() => expect(restore).toHaveBeenCalledExactlyOnceWith({ name: 'backup-1' }));
  });

  it('shows nothing to act on while the chats are being opened', async () => {
    show({ 'access.watch': () => watching({ state: 'opening' } satisfies AccessState) });
    expect(await screen.findByRole('main', { name: 'Opening your chats' })).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
