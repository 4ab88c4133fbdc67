import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Lock } from 'lucide-react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createId, messageIdSchema } from '../../../electron/shared/ids.ts';
import type { MessageHit } from '../../../electron/shared/message-search.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { GoContext } from '../../lib/destination.ts';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { CommandPalette } from './command-palette.tsx';
import type { Command } from './palette-items.ts';

beforeAll(completeJsdom);
afterEach(cleanup);

const meyer = buildConversation({ title: 'Müller contract' });
const old = buildConversation({ title: 'Old contract', isArchived: true });
const messageId = createId(messageIdSchema);
const hit: MessageHit = {
  conversationId: meyer.id,
  conversationTitle: meyer.title,
  isArchived: false,
  messageId,
  role: 'assistant',
  createdAt: 0,
  snippet: 'a notice <b>of</b> three months',
  matches: [{ start: 2, end: 8 }],
};

function show() {
  const run = vi.fn();
  const go = vi.fn();
  const onClose = vi.fn();
  const commands: readonly Command[] = [{ id: 'lock', label: 'Lock now', keywords: 'close', icon: Lock, run }];
  const find = vi.fn(() => ({ hits: [hit], hasMore: false }));
  const api = createApiDouble({ 'conversations.list': () => [meyer, old], 'search.find': find });
  renderInWords(
    <ApiProvider api={api}>
      <GoContext value={go}>
        <CommandPalette commands={commands} onClose={onClose} />
      </GoContext>
    </ApiProvider>,
  );
  return { run, go, onClose, find };
}

const field = (): HTMLElement => screen.getByRole('combobox');
const type = (text: string): void => void fireEvent.change(field(), { target: { value: text } });
const chosen = (): string | undefined => screen.getByRole('option', { selected: true }).textContent;

describe('CommandPalette', () => {
  it('begins with recent chats, without archived ones, and everything that can be done', async () => {
    show();
    expect(await screen.findByRole('option', { name: 'Müller contract' })).toBeTruthy();
    expect(screen.queryByRole('option', { name: /Old contract/ })).toBeNull();
    expect(screen.getByRole('option', { name: 'Lock now' })).toBeTruthy();
  });

  it('finds chats without their accents, archived ones included, and goes there with Enter', async () => {
    const { go, onClose } = show();
    type('muller');
    await waitFor(() => expect(chosen()).toBe('Müller contract'));
    type('old con');
    await waitFor(() => expect(chosen()).toContain('Old contract'));
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(go).toHaveBeenCalledExactlyOnceWith({ page: 'chat', conversationId: old.id });
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('goes to the message that was found, whose markup it shows as letters', async () => {
    const { go } = show();
    type('notice');
    const found = await screen.findByRole('option', { name: /three months/ });
    expect(found.textContent).toContain('a notice <b>of</b> three months');
    expect(found.querySelector('mark')?.textContent).toBe('notice');
    expect(found.querySelector('b')).toBeNull();
    fireEvent.click(found);
    expect(go).toHaveBeenCalledExactlyOnceWith({ page: 'chat', conversationId: meyer.id, messageId });
  });

  it('moves with the arrow keys round both ends, and runs a command', async () => {
    const { run } = show();
    await screen.findByRole('option', { name: 'Müller contract' });
    fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(chosen()).toBe('Lock now');
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(chosen()).toBe('Müller contract');
    fireEvent.keyDown(field(), { key: 'ArrowDown' });
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(run).toHaveBeenCalledOnce();
  });

  it('leaves Enter to an input method, and searches once for what was typed at a stretch', async () => {
    const { go, run, find } = show();
    for (const text of ['n', 'no', 'not', 'noti', 'notic', 'notice']) type(text);
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    await screen.findByRole('option', { name: /three months/ });
    expect(go).not.toHaveBeenCalled();
    expect(run).not.toHaveBeenCalled();
    expect(find).toHaveBeenCalledExactlyOnceWith({ query: 'notice', limit: 8 });
  });
});
