import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Conversation, Folder } from '../../../electron/shared/conversation.ts';
import { createId, folderIdSchema } from '../../../electron/shared/ids.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { ConversationList } from './conversation-list.tsx';

beforeAll(() => {
  completeJsdom();
  // jsdom lays nothing out; the list shows what fits into its height.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(cleanup);

const folder: Folder = { id: createId(folderIdSchema), name: 'Clients', isLocalOnly: false, createdAt: 0 };

function show(conversations: readonly Conversation[], answers: Answers = {}): void {
  const api = createApiDouble({
    'conversations.list': () => conversations,
    'conversations.folders': () => [folder],
    ...answers,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <ConversationList currentId={null} />
      </Notifications>
    </ApiProvider>,
  );
}

const openMenu = async (title: string): Promise<void> =>
  void fireEvent.click(await screen.findByRole('button', { name: `More for “${title}”` }));

describe('ConversationList', () => {
  it('puts a screenful into the page, however many conversations there are', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => buildConversation({ title: `Chat ${index}` }));
    show(many);
    await screen.findByRole('link', { name: 'Chat 0' });
    expect(screen.getAllByRole('listitem').length).toBeLessThan(80);
  });

  it('deletes without asking, and undoes it', async () => {
    const conversation = buildConversation({ title: 'Letter' });
    const remove = vi.fn(() => Promise.resolve());
    const restore = vi.fn(() => Promise.resolve(conversation));
    show([conversation], { 'conversations.remove': remove, 'conversations.restore': restore });
    fireEvent.keyDown(await screen.findByRole('link', { name: 'Letter' }), { key: 'Delete' });
    await waitFor(() => expect(remove).toHaveBeenCalledExactlyOnceWith({ id: conversation.id }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(restore).toHaveBeenCalledExactlyOnceWith({ id: conversation.id }));
  });

  it('moves a conversation into a folder by its menu and by dropping it there', async () => {
    const conversation = buildConversation({ title: 'Letter' });
    const place = vi.fn(() => Promise.resolve(conversation));
    show([conversation], { 'conversations.place': place });
    await openMenu('Letter');
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Move to folder' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Clients' }));
    const wanted = { id: conversation.id, placement: { folderId: folder.id } };
    await waitFor(() => expect(place).toHaveBeenCalledExactlyOnceWith(wanted));
    const kept = new Map<string, string>();
    const dataTransfer = {
      get types() {
        return [...kept.keys()];
      },
      clearData: () => kept.clear(),
      setData: (kind: string, data: string) => kept.set(kind, data),
      getData: (kind: string) => kept.get(kind) ?? '',
    };
    fireEvent.dragStart(screen.getByRole('link', { name: 'Letter' }), { dataTransfer });
    fireEvent.drop(screen.getByRole('button', { name: /^Clients/ }), { dataTransfer });
    await waitFor(() => expect(place).toHaveBeenCalledTimes(2));
    expect(place).toHaveBeenLastCalledWith(wanted);
  });

  it('archives with a way back, and shows the archive on request', async () => {
    const conversation = buildConversation({ title: 'Letter' });
    const place = vi.fn(() => Promise.resolve(conversation));
    show([conversation, buildConversation({ title: 'Long ago', isArchived: true })], { 'conversations.place': place });
    expect(await screen.findByRole('link', { name: 'Letter' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Long ago' })).toBeNull();
    await openMenu('Letter');
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Archive' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(place).toHaveBeenLastCalledWith({ id: conversation.id, placement: { isArchived: false } }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'More ways to begin, and the archive' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Show the archive' }));
    expect(await screen.findByRole('link', { name: 'Long ago' })).toBeTruthy();
  });

  it('puts the chats of a removed folder back into it when that is undone', async () => {
    // Catches the undo that brings back an empty folder.
    const conversation = buildConversation({ title: 'Letter', folderId: folder.id });
    const again = { ...folder, id: createId(folderIdSchema) };
    const place = vi.fn(() => Promise.resolve(conversation));
    show([conversation], {
      'conversations.removeFolder': () => Promise.resolve(),
      'conversations.createFolder': () => again,
      'conversations.place': place,
    });
    fireEvent.keyDown(await screen.findByRole('button', { name: /^Clients/ }), { key: 'Delete' });
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(place).toHaveBeenCalledExactlyOnceWith({ id: conversation.id, placement: { folderId: again.id } }),
    );
  });

  it('begins a private chat that the app is told never to write', async () => {
    const create = vi.fn(() => Promise.resolve(buildConversation({ isPrivate: true })));
    show([], { 'conversations.create': create });
    fireEvent.click(screen.getByRole('button', { name: 'More ways to begin, and the archive' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'New private chat' }));
    await waitFor(() => expect(create).toHaveBeenCalledExactlyOnceWith({ documentIds: [], isPrivate: true }));
  });
});
