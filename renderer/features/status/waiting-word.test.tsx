import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import { conversationIdSchema, createId } from '../../../electron/shared/ids.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { buildConversation } from '../../../electron/testing/build-records.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { changing } from '../../testing/changing.ts';
import { createApiDouble } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { WaitingWord } from './waiting-word.tsx';

afterEach(cleanup);

const status: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: null,
  tokensPerSecond: null,
  indexing: null,
  keeping: 'session-only',
  isOffline: false,
  answeringAt: null,
  waitingIn: [],
};
const lease = buildConversation({ id: createId(conversationIdSchema), title: 'Lease' });
const other = buildConversation({ id: createId(conversationIdSchema), title: 'Other' });
const quick = createId(conversationIdSchema);

function show(currentId: ConversationId | null) {
  const statuses = changing<AppStatus>(status);
  const api = createApiDouble({
    'app.watchStatus': () => statuses.stream(),
    'conversations.list': () => [lease, other],
  });
  renderInWords(
    <ApiProvider api={api}>
      <WaitingWord currentId={currentId} />
    </ApiProvider>,
  );
  return { wait: (...waitingIn: readonly ConversationId[]) => statuses.set({ ...status, waitingIn }) };
}

describe('WaitingWord', () => {
  it('leads to the chat whose question waits, in a place that a screen reader listens to already', async () => {
    // Catches the question that waits for ever because its chat is not on the screen.
    const { wait } = show(null);
    const place = screen.getByRole('status');
    expect(place.textContent).toBe('');
    wait(lease.id);
    const link = await screen.findByRole('link', { name: 'A question waits for you: Lease' });
    expect(link.getAttribute('href')).toBe(`#/chats/${lease.id}`);
    expect(screen.getByRole('status')).toBe(place);
    wait(other.id, lease.id);
    expect(await screen.findByText('2 questions wait for you: Other')).toBeTruthy();
    wait();
    await waitFor(() => expect(place.textContent).toBe(''));
  });

  it('says nothing of the chat that is on the screen, nor of a question of the moment', async () => {
    const { wait } = show(lease.id);
    wait(lease.id, quick, other.id);
    expect(await screen.findByText('A question waits for you: Other')).toBeTruthy();
  });
});
