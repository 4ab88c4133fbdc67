import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import { emptyDraft } from '../../../electron/shared/draft.ts';
import {
  conversationIdSchema,
  createId,
  ledgerEntryIdSchema,
  messageIdSchema,
  modelIdSchema,
  previewIdSchema,
  remoteIdSchema,
  runIdSchema,
} from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import { buildConversation } from '../../../electron/testing/build-records.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { PreviewDialogContext } from '../../lib/preview-dialog.ts';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { giveLayout } from '../../testing/give-layout.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { ChatSession } from './chat-session.tsx';
import { ConversationPage } from './conversation-page.tsx';

beforeAll(() => {
  completeJsdom();
  giveLayout();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const id = createId(conversationIdSchema);
const runId = createId(runIdSchema);
const status: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: {
    id: modelIdSchema.parse('sha256:0123456789abcdef'),
    name: 'Small model',
    contextTokens: 8_192,
    loaded: null,
  },
  tokensPerSecond: null,
  indexing: null,
  keeping: 'session-only',
  isOffline: false,
  answeringAt: null,
  waitingIn: [],
};
const remote: Remote = {
  id: createId(remoteIdSchema),
  kind: 'openai',
  zone: 'cloud',
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  modelName: 'gpt-5',
  contextTokens: null,
  policyUrl: null,
};

const answerOf = (parts: Message['parts'], about: Partial<Message> = {}): Message => ({
  id: createId(messageIdSchema),
  conversationId: id,
  parentId: null,
  role: 'assistant',
  parts,
  status: 'complete',
  runId: null,
  modelName: null,
  route: null,
  usage: null,
  error: null,
  createdAt: 0,
  ...about,
});

function open(messages: readonly Message[], answers: Answers = {}): void {
  const api = createApiDouble({
    'app.watchStatus': () => watching(status),
    'documents.watch': () => watching([]),
    'drafts.get': () => emptyDraft,
    'drafts.put': () => undefined,
    'privacy.localOnly': () => ({ isLocalOnly: false }),
    'presets.list': () => [],
    'settings.get': () => settingsSchema.parse({ cloudMode: 'ask' }),
    'remotes.list': () => [remote],
    'conversations.outline': () => [],
    'models.list': () => ({ models: [], unusable: [], selectedId: null, folder: '/models' }),
    'conversations.open': () => ({ conversation: buildConversation({ id, title: 'Chat' }), messages }),
    ...answers,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <PreviewDialogContext value={(previewId) => <p>Preview {previewId}</p>}>
          <ChatSession>
            <div data-page-tools />
            <ConversationPage conversationId={id} />
          </ChatSession>
        </PreviewDialogContext>
      </Notifications>
    </ApiProvider>,
  );
}

const never = () => new Promise(() => undefined);

describe('answers from elsewhere', () => {
  it('tell what left, at what price, and lead to the ledger', async () => {
    const entryId = createId(ledgerEntryIdSchema);
    const sent = {
      ledgerEntryIds: [entryId],
      host: 'api.openai.com',
      replacedCount: 2,
      savedTokens: 0,
      costMicroDollars: 31_000,
    };
    const route = { zone: 'cloud', reason: 'person-chose-remote' } as const;
    const retry = vi.fn(never);
    const answer = answerOf(
      [
        { type: 'text', text: 'Yes.' },
        { type: 'sent', sent },
      ],
      { route },
    );
    open([answer], { 'chat.retry': retry });
    const line = (await screen.findByText(/Went to api.openai.com/)).textContent;
    expect(line).toContain('$0.03');
    expect(line).toContain('2 pieces replaced');
    expect(screen.getByRole('link', { name: 'In the ledger' }).getAttribute('href')).toBe(`#/privacy?entry=${entryId}`);
    fireEvent.click(screen.getByRole('button', { name: 'Answer on this computer' }));
    await waitFor(() => expect(retry).toHaveBeenCalledExactlyOnceWith({ answerId: answer.id, choice: 'local' }));
  });

  it('that failed offer both places', async () => {
    const retry = vi.fn(never);
    const error = { code: 'provider/busy', message: 'Later.', details: {} } as const;
    const answer = answerOf([], { status: 'failed', error });
    open([answer], { 'chat.retry': retry });
    expect(await screen.findByRole('button', { name: 'Ask the large model again' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Answer on this computer' }));
    await waitFor(() => expect(retry).toHaveBeenCalledExactlyOnceWith({ answerId: answer.id, choice: 'local' }));
  });

  it('hide what may harm until it is asked for, and hold links that carry data', async () => {
    const text = 'Read [the rest](https://evil.example/?d=secret) of it.';
    const findings = [
      { kind: 'harmful', start: 0, end: text.length },
      { kind: 'link-carries-data', start: text.indexOf('https'), end: text.indexOf(') of') },
    ] as const;
    // Catches what is hidden and leaves by the clipboard, or in the thoughts about it.
    const answer = answerOf([
      { type: 'reasoning', text: 'Thoughts about it.' },
      { type: 'text', text },
      { type: 'screening', findings },
    ]);
    const allow = vi.fn(() => undefined);
    const copied = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText: copied } } }));
    open([answer], { 'conversations.allowFindings': allow });
    expect(await screen.findByText(/content in this answer that may harm/)).toBeTruthy();
    expect(screen.queryByText('the rest')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Copy the answer' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Thought/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show anyway' }));
    expect((await screen.findByText('the rest')).tagName).toBe('SPAN');
    await waitFor(() => expect(allow).toHaveBeenLastCalledWith({ messageId: answer.id, kinds: ['harmful'] }));
    expect(screen.getByText(/would carry data to evil.example/)).toBeTruthy();
    const copy = screen.getByRole('button', { name: 'Copy the answer' });
    fireEvent.click(copy);
    await waitFor(() => expect(copied).toHaveBeenLastCalledWith('Read [the rest](…) of it.'));
    fireEvent.click(screen.getByRole('button', { name: 'Let me open them' }));
    await waitFor(() => expect(screen.getByText('the rest').tagName).toBe('BUTTON'));
    const both = { messageId: answer.id, kinds: ['harmful', 'link-carries-data'] };
    await waitFor(() => expect(allow).toHaveBeenLastCalledWith(both));
    fireEvent.click(screen.getByRole('button', { name: 'Copied' }));
    await waitFor(() => expect(copied).toHaveBeenLastCalledWith(text));
  });

  it('wait with their preview, after a reload too', async () => {
    // Catches the answer that waits for ever behind a window that was loaded again.
    const previewId = createId(previewIdSchema);
    open([answerOf([], { status: 'streaming', runId })], {
      'runs.follow': async function* follow() {
        yield { sequence: 0, type: 'run-start', runId, modelName: null, route: null };
        yield { sequence: 1, type: 'preview', previewId, isOpen: true };
        await never();
      },
    });
    expect(await screen.findByText(`Preview ${previewId}`)).toBeTruthy();
  });
});

describe('an answer that a person chose to see', () => {
  it('is shown from then on, until it is hidden again', async () => {
    // Catches the choice that is forgotten whenever the message leaves the screen.
    const allow = vi.fn(() => undefined);
    const findings = [{ kind: 'harmful', start: 0, end: 3 }] as const;
    const answer = answerOf([
      { type: 'text', text: 'Mix it.' },
      { type: 'screening', findings, allowed: ['harmful'] },
    ]);
    open([answer], { 'conversations.allowFindings': allow });
    expect(await screen.findByText('Mix it.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Hide it again' }));
    await waitFor(() => expect(allow).toHaveBeenCalledExactlyOnceWith({ messageId: answer.id, kinds: [] }));
    expect(screen.queryByText('Mix it.')).toBeNull();
  });

  it('is found in the chat only then', async () => {
    // Catches the hidden answer whose words can be read out of it by looking for them.
    const words: Message['parts'] = [{ type: 'text', text: 'Mix it well.' }];
    const hidden = answerOf([...words, { type: 'screening', findings: [{ kind: 'harmful', start: 0, end: 3 }] }]);
    const shown = answerOf(words, { parentId: hidden.id });
    open([hidden, shown], { 'search.inConversation': () => [hidden.id, shown.id] });
    await screen.findByText('Mix it well.');
    fireEvent.click(screen.getByRole('button', { name: 'Find in this chat' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Find in this chat' }), { target: { value: 'well' } });
    expect(await screen.findByText('1 of 1')).toBeTruthy();
  });
});

describe('the place of the next message', () => {
  it('goes with it, and stays chosen where the message could not go', async () => {
    // Catches the question that was to stay here and leaves at the second try.
    const send = vi.fn(() => Promise.reject(new Error('Busy.')));
    open([], { 'chat.send': send });
    fireEvent.click(await screen.findByRole('button', { name: 'Where the next message is answered: Automatic' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: /On this computer/ }));
    const field = screen.getByRole('textbox', { name: 'Your message' });
    fireEvent.change(field, { target: { value: 'A secret' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() =>
      expect(send).toHaveBeenCalledExactlyOnceWith({ conversationId: id, text: 'A secret', choice: 'local' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Where the next message is answered: On this computer' }),
    ).toBeTruthy();
  });

  it('is not asked for while large models are off', async () => {
    const list = vi.fn(() => [remote]);
    open([answerOf([{ type: 'text', text: 'Yes.' }])], {
      'settings.get': () => settingsSchema.parse({}),
      'remotes.list': list,
    });
    await screen.findByText('Yes.');
    expect(screen.queryByRole('button', { name: /Where the next message/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Ask the large model' })).toBeNull();
    expect(list).not.toHaveBeenCalled();
  });

  it('can be said while an answer is under way, for the message that waits', async () => {
    // Catches the question that was to stay here and goes where the rules say, for it had to wait.
    const put = vi.fn();
    open([answerOf([], { status: 'streaming', runId })], {
      'drafts.put': put,
      'runs.follow': async function* follow() {
        yield { sequence: 0, type: 'run-start', runId, modelName: null, route: null };
        await never();
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Where the next message is answered: Automatic' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: /On this computer/ }));
    const field = screen.getByRole('textbox', { name: 'Your message' });
    fireEvent.change(field, { target: { value: 'A secret' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('On this computer')).toBeTruthy();
    const queue = [{ text: 'A secret', choice: 'local' }];
    await waitFor(() => expect(put.mock.lastCall?.[0]).toMatchObject({ draft: { text: '', queue } }));
    expect(screen.getByRole('button', { name: 'Where the next message is answered: Automatic' })).toBeTruthy();
  });

  it('tells why a chat stays here', async () => {
    open([], { 'privacy.localOnly': () => ({ isLocalOnly: true, because: 'folder', name: 'Clients' }) });
    fireEvent.click(await screen.findByRole('button', { name: 'Stays on this computer' }));
    expect(await screen.findByText(/for its folder “Clients” does/)).toBeTruthy();
  });
});

describe('a chat that stays on this computer', () => {
  const localOnly = { isLocalOnly: true, because: 'folder', name: 'Clients' } as const;
  const own: Remote = { ...remote, id: createId(remoteIdSchema), zone: 'own-server', name: 'NAS' };
  const doubtful = answerOf([
    { type: 'text', text: 'Perhaps.' },
    { type: 'notice', name: 'large-model-may-help' },
  ]);

  it('offers no large model, and says why where one would be offered', async () => {
    // Catches the button that only leads to a refusal, and the one that leads out.
    open([doubtful], { 'privacy.localOnly': () => localOnly });
    expect(await screen.findByText(/for its folder “Clients” does/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ask the large model' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Where the next message is answered: Automatic' }));
    const offer = await screen.findByRole('menuitem', { name: /Large model.*for its folder “Clients” does/ });
    expect(offer.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(offer);
    expect(screen.queryByRole('button', { name: /answered: Large model/ })).toBeNull();
  });

  it('offers an answer on this computer alone where an answer from elsewhere failed', async () => {
    const error = { code: 'egress/local-only', message: 'It stays.', details: {} } as const;
    open([answerOf([], { status: 'failed', error })], { 'privacy.localOnly': () => localOnly });
    await screen.findByRole('button', { name: 'Where the next message is answered: Automatic' });
    expect(screen.getByRole('button', { name: 'Answer on this computer' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ask the large model again' })).toBeNull();
  });

  it('may still ask a server of one’s own, which is not the cloud', async () => {
    open([doubtful], { 'privacy.localOnly': () => localOnly, 'remotes.list': () => [remote, own] });
    expect(await screen.findAllByRole('button', { name: 'Ask the large model' })).toHaveLength(2);
  });
});
