import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WindowRequest } from '../../../electron/shared/desktop.ts';
import { conversationIdSchema, createId, fileTicketSchema } from '../../../electron/shared/ids.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { useFileOffer } from '../../features/dropping/use-file-offer.tsx';
import { GoContext } from '../../lib/destination.ts';
import { DraftsContext, DraftStore } from '../../lib/drafts.ts';
import { useShortcut } from '../../lib/shortcut.ts';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { useShellRequests } from './use-shell-requests.ts';

beforeAll(completeJsdom);
afterEach(cleanup);

function Chat({ onFind }: { readonly onFind: () => void }) {
  useShortcut('f', onFind);
  return null;
}

function Requests() {
  const offer = useFileOffer();
  useShellRequests(offer.offerFromShell);
  return offer.layer;
}

function show(requests: readonly WindowRequest[], begun = '', onFind: (() => void) | null = null) {
  const go = vi.fn();
  const calls: string[] = [];
  const drafts = new DraftStore({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
  if (begun !== '') drafts.change('new-chat', { text: begun });
  async function* tell(): AsyncGenerator<WindowRequest> {
    yield* requests;
    await new Promise(() => undefined);
  }
  const api = createApiDouble({
    'desktop.requests': ({ window }: { readonly window: string }) => (calls.push(window), tell()),
  });
  renderInWords(
    <ApiProvider api={api}>
      <DraftsContext value={drafts}>
        <GoContext value={go}>
          <Notifications>
            <Requests />
            {onFind === null ? null : <Chat onFind={onFind} />}
          </Notifications>
        </GoContext>
      </DraftsContext>
    </ApiProvider>,
  );
  return { go, drafts, calls };
}

const conversationId = createId(conversationIdSchema);
const file = (name: string, isFolder = false) => ({ ticket: createId(fileTicketSchema), name, isFolder });

describe('useShellRequests', () => {
  it('puts a text into the field of a new chat, after what was begun there, and sends nothing', async () => {
    // Catches a link that wipes out what a person was writing, or that reaches the model.
    const { go, drafts, calls } = show([{ type: 'prefill', text: 'From a link' }], 'My own words');
    await waitFor(() => expect(go).toHaveBeenCalledExactlyOnceWith({ page: 'new-chat' }));
    expect(drafts.view('new-chat').text).toBe('My own words\nFrom a link');
    expect(calls).toEqual(['main']);
  });

  it('does not put the same text there twice', async () => {
    const { go, drafts } = show([
      { type: 'prefill', text: 'From a link' },
      { type: 'prefill', text: 'From a link' },
    ]);
    await waitFor(() => expect(go).toHaveBeenCalledTimes(2));
    expect(drafts.view('new-chat').text).toBe('From a link');
  });

  it.each<readonly [WindowRequest, object]>([
    [{ type: 'show-page', page: 'models' }, { page: 'models' }],
    [{ type: 'show-page', page: 'chat' }, { page: 'new-chat' }],
    [
      { type: 'show-conversation', conversationId },
      { page: 'chat', conversationId },
    ],
    [{ type: 'new-chat' }, { page: 'new-chat' }],
    [{ type: 'find' }, { page: 'search', query: '' }],
  ])('answers %j with the page', async (request, destination) => {
    const { go } = show([request]);
    await waitFor(() => expect(go).toHaveBeenCalledExactlyOnceWith(destination));
  });

  it('looks through the chat that is open, where there is one', async () => {
    const onFind = vi.fn();
    const { go } = show([{ type: 'find' }], '', onFind);
    await waitFor(() => expect(onFind).toHaveBeenCalledOnce());
    expect(go).not.toHaveBeenCalled();
  });

  it('says in a sentence what was refused', async () => {
    show([{ type: 'request-refused', reason: 'unknown-link' }]);
    expect((await screen.findAllByText(/a link that it does not know/)).length).toBeGreaterThan(0);
  });

  it('offers files as a drop does, says what was left out, and lets a second offer wait for its turn', async () => {
    // Catches an offer that replaces the one under the person's finger, whose files are then forgotten.
    show([
      { type: 'offer-files', files: [file('a.pdf'), file('b.pdf')], leftOut: 3 },
      { type: 'offer-files', files: [file('Letters', true)], leftOut: 0 },
    ]);
    expect(await screen.findByText('2 files')).toBeTruthy();
    expect(screen.getByText(/3 more were left out/)).toBeTruthy();
    expect(screen.getByText('Summarise')).toBeTruthy();
    act(() => screen.getByRole('button', { name: 'Close' }).click());
    expect(await screen.findByText('Letters')).toBeTruthy();
    expect(screen.queryByText('Summarise')).toBeNull();
  });

  it('says so when nothing of what was opened is a file', async () => {
    show([{ type: 'offer-files', files: [], leftOut: 1 }]);
    expect((await screen.findAllByText(/is no file that can be read/)).length).toBeGreaterThan(0);
  });
});
