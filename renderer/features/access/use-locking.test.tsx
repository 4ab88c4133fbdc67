import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessState, Keeping } from '../../../electron/shared/access.ts';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { DraftsContext, DraftStore } from '../../lib/drafts.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { useLocking } from './use-locking.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

function LockButton() {
  const { lock, layer } = useLocking();
  return (
    <>
      <button type="button" disabled={!lock.canLock} onClick={lock.lock}>
        lock it
      </button>
      {layer}
    </>
  );
}

function show(keeping: Keeping, conversations: readonly Conversation[], drafts: DraftStore | null = null) {
  const lock = vi.fn(() => new Promise(() => undefined));
  const access: AccessState = {
    state: 'open',
    keeping,
    isChosen: true,
    isBesideKept: false,
    isReadOnly: false,
    lostCommits: 0,
  };
  const heard = vi.fn(() => watching(access));
  const api = createApiDouble({
    'access.watch': heard,
    'access.lock': lock,
    'conversations.list': () => conversations,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <DraftsContext value={drafts}>
          <LockButton />
        </DraftsContext>
      </Notifications>
    </ApiProvider>,
  );
  return { lock, heard };
}

const button = (): HTMLButtonElement => screen.getByRole('button', { name: 'lock it' });

describe('useLocking', () => {
  it('locks at once when nothing would be lost', async () => {
    const { lock } = show('passphrase', [buildConversation()]);
    await waitFor(() => expect(button().disabled).toBe(false));
    fireEvent.click(button());
    await waitFor(() => expect(lock).toHaveBeenCalledOnce());
  });

  it('asks first while private chats are open, for locking ends them', async () => {
    const { lock } = show('keychain', [buildConversation({ isPrivate: true })]);
    await waitFor(() => expect(button().disabled).toBe(false));
    // Catches the lock that is quicker than the list of chats.
    fireEvent.click(button());
    expect((await screen.findByRole('alertdialog')).textContent).toContain('One private chat is open');
    expect(lock).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await waitFor(() => expect(lock).toHaveBeenCalledOnce());
  });

  it('locks although the last words cannot be kept', async () => {
    // Catches the disk that does not answer and keeps the chats open for whoever comes by.
    const drafts = new DraftStore({ get: () => new Promise(() => undefined), put: () => Promise.resolve() });
    drafts.subscribe('new-chat', () => undefined);
    drafts.change('new-chat', { text: 'begun' });
    const { lock } = show('passphrase', [], drafts);
    await waitFor(() => expect(button().disabled).toBe(false));
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    fireEvent.click(button());
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    await waitFor(() => expect(lock).toHaveBeenCalledOnce());
  });

  it('has nothing to lock where nothing is kept', async () => {
    const { lock, heard } = show('session-only', [buildConversation()]);
    await waitFor(() => expect(heard).toHaveBeenCalled());
    fireEvent.click(button());
    expect(button().disabled).toBe(true);
    expect(lock).not.toHaveBeenCalled();
  });
});
