import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerPart } from '../../../electron/shared/answer-part.ts';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import { emptyDraft } from '../../../electron/shared/draft.ts';
import { AppError } from '../../../electron/shared/app-error.ts';
import {
  collectionIdSchema,
  conversationIdSchema,
  createId,
  messageIdSchema,
  modelIdSchema,
  runIdSchema,
} from '../../../electron/shared/ids.ts';
import { buildConversation } from '../../../electron/testing/build-records.ts';
import type { Collection } from '../../../electron/shared/library.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { ApiProvider } from '../../api/api-context.tsx';
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
afterEach(cleanup);

const id = createId(conversationIdSchema);
const runId = createId(runIdSchema);
const modelId = modelIdSchema.parse('sha256:0123456789abcdef');

const status: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: { id: modelId, name: 'Small model', contextTokens: 8_192, loaded: null },
  tokensPerSecond: null,
  indexing: null,
  keeping: 'session-only',
  isOffline: true,
  answeringAt: null,
  waitingIn: [],
};

const contracts: Collection = {
  id: createId(collectionIdSchema),
  name: 'Contracts',
  sources: [],
  counts: { total: 2, ready: 2, pending: 0, failed: 0, skipped: 0 },
  isPaused: false,
  isLocalOnly: false,
  createdAt: 0,
};

const message = (role: Message['role'], text: string, about: Partial<Message> = {}): Message => ({
  id: createId(messageIdSchema),
  conversationId: id,
  parentId: null,
  role,
  parts: text === '' ? [] : [{ type: 'text', text }],
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
  const conversation = buildConversation({ id, title: 'Chat' });
  const api = createApiDouble({
    'app.watchStatus': () => watching(status),
    'documents.watch': () => watching([]),
    'drafts.get': () => emptyDraft,
    'drafts.put': () => undefined,
    'presets.list': () => [],
    'conversations.outline': () => [],
    'models.list': () => ({ models: [], unusable: [], selectedId: null, folder: '/models' }),
    'conversations.open': () => ({ conversation, messages }),
    ...answers,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <ChatSession>
          <div data-page-tools />
          <ConversationPage conversationId={id} />
        </ChatSession>
      </Notifications>
    </ApiProvider>,
  );
}

const field = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Your message' });
const write = (text: string): void => void fireEvent.change(field(), { target: { value: text } });

async function* partsThenSilence(parts: readonly AnswerPart[]): AsyncGenerator<AnswerPart> {
  yield* parts;
  await new Promise(() => undefined);
}

const growing = (text: string): readonly AnswerPart[] => [
  { sequence: 0, type: 'run-start', runId, modelName: null, route: null },
  { sequence: 1, type: 'text-delta', text },
];

describe('ConversationPage', () => {
  it('sends with Enter and shows the question at once', async () => {
    const send = vi.fn(() => new Promise(() => undefined));
    open([], { 'chat.send': send });
    write('How are you?');
    fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith({ conversationId: id, text: 'How are you?' }));
    expect(screen.getByText('How are you?')).toBeTruthy();
    expect(field().value).toBe('');
  });

  it('asks the collection of the chat when the question comes before the page knows the chat', async () => {
    // Catches the answer from nowhere to somebody who clicks Ask at a collection and types at once.
    const collectionIds = [createId(collectionIdSchema)];
    const { promise: slowly, resolve: arrive } = Promise.withResolvers<undefined>();
    const ask = vi.fn(() => new Promise(() => undefined));
    const send = vi.fn();
    open([], {
      'conversations.open': async () => {
        await slowly;
        return { conversation: buildConversation({ id, collectionIds }), messages: [] };
      },
      'answers.ask': ask,
      'chat.send': send,
    });
    write('How much is the rent?');
    fireEvent.keyDown(field(), { key: 'Enter' });
    arrive(undefined);
    await waitFor(() =>
      expect(ask).toHaveBeenCalledExactlyOnceWith({
        conversationId: id,
        scope: { documentIds: [], collectionIds },
        question: 'How much is the rent?',
      }),
    );
    expect(send).not.toHaveBeenCalled();
  });

  it('asks what was chosen just before, though that is not kept yet', async () => {
    // Catches a question that overtakes the collection that was taken out of it.
    const collection = createId(collectionIdSchema);
    const { promise: slowly, resolve: arrive } = Promise.withResolvers<undefined>();
    let collectionIds = [collection];
    const send = vi.fn(() => new Promise(() => undefined));
    const ask = vi.fn();
    open([], {
      'library.watch': () => watching([{ ...contracts, id: collection }]),
      'conversations.open': () => ({ conversation: buildConversation({ id, collectionIds }), messages: [] }),
      'conversations.setScope': async () => {
        await slowly;
        collectionIds = [];
        return buildConversation({ id });
      },
      'answers.ask': ask,
      'chat.send': send,
    });
    fireEvent.click(await screen.findByRole('button', { name: /Contracts/ }));
    write('And in general?');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
    arrive(undefined);
    await waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith({ conversationId: id, text: 'And in general?' }));
    expect(ask).not.toHaveBeenCalled();
  });

  it('breaks the line with Shift+Enter and leaves Enter to an input method', () => {
    const send = vi.fn();
    open([], { 'chat.send': send });
    write('One');
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    expect(send).not.toHaveBeenCalled();
    expect(field().value).toBe('One');
  });

  it('gives the text back when it could not be sent, and says why', async () => {
    // Catches the lost question: the field is emptied before the app has taken it.
    open([], { 'chat.send': () => Promise.reject(new AppError('model/none', 'No model.')) });
    write('Precious words');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect((await screen.findByRole('alert')).textContent).toContain('Import a model file');
    await waitFor(() => expect(field().value).toBe('Precious words'));
  });

  it('goes on with an answer that was being written when the page was opened, and stops it with Escape', async () => {
    const stop = vi.fn(() => Promise.resolve());
    open([message('user', 'Tell me'), message('assistant', '', { status: 'streaming', runId })], {
      'runs.follow': () => partsThenSilence(growing('Once upon')),
      'runs.stop': stop,
    });
    expect(await screen.findByText('Once upon')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
    fireEvent.keyDown(field(), { key: 'Escape' });
    await waitFor(() => expect(stop).toHaveBeenCalledExactlyOnceWith({ runId }));
  });

  it('shows the failure of a run with a way to try again', async () => {
    const retry = vi.fn(() => new Promise(() => undefined));
    const error = { code: 'engine/crashed', message: 'Ended.', details: {} } as const;
    const answer = message('assistant', '', { status: 'streaming', runId });
    open([message('user', 'Tell me'), answer], {
      'runs.follow': () => partsThenSilence([...growing('Half'), { sequence: 2, type: 'run-error', error }]),
      'chat.retry': retry,
    });
    expect((await screen.findByRole('alert')).textContent).toContain('The engine stopped in the middle');
    // The words, and what a screen reader is told of them.
    expect(screen.getAllByText('Half')).toHaveLength(2);
    fireEvent.click(screen.getAllByRole('button', { name: 'Answer again' })[0]!);
    await waitFor(() => expect(retry).toHaveBeenCalledExactlyOnceWith({ answerId: answer.id }));
  });

  it('lets a message wait for the answer under way, and keeps it with the draft', async () => {
    // Catches the message that is sent into the middle of an answer, or is gone after a restart.
    const send = vi.fn();
    const put = vi.fn();
    open([message('user', 'Tell me'), message('assistant', '', { status: 'streaming', runId })], {
      'runs.follow': () => partsThenSilence(growing('Once upon')),
      'chat.send': send,
      'drafts.put': put,
    });
    await screen.findByText('Once upon');
    write('And then?');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.getByRole('region', { name: 'Waiting messages' }).textContent).toContain('And then?');
    expect(field().value).toBe('');
    await waitFor(() => expect(put).toHaveBeenCalledWith(expect.objectContaining({ key: id })));
    expect(put.mock.lastCall?.[0]).toMatchObject({ draft: { text: '', queue: [{ text: 'And then?', choice: null }] } });
    expect(send).not.toHaveBeenCalled();
  });

  it('asks in other words in the place of the question: Enter sends, Escape gives up', async () => {
    const edit = vi.fn(() => new Promise(() => undefined));
    const question = message('user', 'Tell me');
    open([question, message('assistant', 'No.')], { 'chat.edit': edit });
    const openEditor = async (): Promise<HTMLElement> => {
      fireEvent.click(await screen.findByRole('button', { name: 'Ask in other words' }));
      return screen.getByRole('textbox', { name: 'Your question in other words' });
    };
    fireEvent.keyDown(await openEditor(), { key: 'Escape' });
    expect(edit).not.toHaveBeenCalled();
    const editor = await openEditor();
    fireEvent.change(editor, { target: { value: 'Tell me more' } });
    fireEvent.keyDown(editor, { key: 'Enter' });
    await waitFor(() =>
      expect(edit).toHaveBeenCalledExactlyOnceWith({ questionId: question.id, text: 'Tell me more' }),
    );
  });

  it('offers to go on with an answer that was cut short, and shows the error of one that failed long ago', async () => {
    const goOn = vi.fn(() => new Promise(() => undefined));
    const cut = message('assistant', 'Half an', { status: 'interrupted' });
    const error = { code: 'engine/crashed', message: 'Ended.', details: {} } as const;
    open(
      [
        message('user', 'Tell me'),
        cut,
        message('user', 'Again'),
        message('assistant', '', { status: 'failed', error }),
      ],
      {
        'chat.continue': goOn,
      },
    );
    expect((await screen.findByRole('alert')).textContent).toContain('The engine stopped in the middle');
    fireEvent.click(screen.getAllByRole('button', { name: 'Go on' })[0]!);
    await waitFor(() => expect(goOn).toHaveBeenCalledExactlyOnceWith({ answerId: cut.id }));
  });

  it('makes a document of a long text that is pasted, and leaves a short one as it is', async () => {
    // Catches the field that freezes under a hundred pages.
    const refusal = Promise.withResolvers<never>();
    open([], { 'files.ticketForText': () => refusal.promise });
    const paste = (text: string): boolean => fireEvent.paste(field(), { clipboardData: { getData: () => text } });
    expect(paste('short')).toBe(true);
    expect(paste('word '.repeat(40_000))).toBe(false);
    expect(await screen.findByText('Taking in the pasted text…')).toBeTruthy();
    // The text is not lost where it cannot be stored.
    refusal.reject(new Error('The disk is full.'));
    await waitFor(() => expect(field().value).toHaveLength(200_000));
  });

  it('explains how a model gets here when there is none', async () => {
    const none: AppStatus = { ...status, engine: { state: 'no-model' }, model: null };
    open([], { 'app.watchStatus': () => watching(none) });
    expect(await screen.findByRole('button', { name: 'Import a model' })).toBeTruthy();
    expect(field().disabled).toBe(true);
  });
});
