import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import { emptyDraft } from '../../../electron/shared/draft.ts';
import type { Draft } from '../../../electron/shared/draft.ts';
import { collectionIdSchema, createId, modelIdSchema, presetIdSchema } from '../../../electron/shared/ids.ts';
import type { Collection } from '../../../electron/shared/library.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { buildConversation } from '../../testing/build-conversation.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { ChatSession } from './chat-session.tsx';
import { NewChatPage } from './new-chat-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

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
  isOffline: true,
  answeringAt: null,
  waitingIn: [],
};

const preset: Preset = {
  id: createId(presetIdSchema),
  name: 'Translate',
  command: 'translate',
  systemPrompt: '',
  template: 'Into {{language}}: {{input}}',
  variables: [{ name: 'language', defaultValue: 'English' }],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
  isBuiltIn: false,
  isHidden: false,
};

const renderPage = (api: ReturnType<typeof createApiDouble>) =>
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <ChatSession>
          <div data-page-tools />
          <NewChatPage onChooseFile={() => undefined} />
        </ChatSession>
      </Notifications>
    </ApiProvider>,
  );

const collection: Collection = {
  id: createId(collectionIdSchema),
  name: 'Contracts',
  sources: [],
  counts: { total: 2, ready: 2, pending: 0, failed: 0, skipped: 0 },
  isPaused: false,
  isLocalOnly: false,
  createdAt: 0,
};

describe('NewChatPage', () => {
  it('asks the first question of the collections that were chosen for it', async () => {
    // Catches a choice that is shown and not sent, and one that a restart forgets.
    const ask = vi.fn(() => Promise.reject(new Error('The engine is gone.')));
    const send = vi.fn();
    const put = vi.fn();
    const api = createApiDouble({
      'app.watchStatus': () => watching(status),
      'documents.watch': () => watching([]),
      'library.watch': () => watching([collection]),
      'drafts.get': () => emptyDraft,
      'drafts.put': put,
      'presets.list': () => [],
      'models.list': () => ({ models: [], unusable: [], selectedId: null, folder: '/models' }),
      'answers.ask': ask,
      'chat.send': send,
    });
    renderPage(api);
    const attach = (): HTMLElement => screen.getByRole('button', { name: 'Attach a document' });
    await waitFor(() => expect(attach().getAttribute('aria-haspopup')).toBe('menu'));
    fireEvent.click(attach());
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Collection Contracts' }));
    const chips = await screen.findByRole('list', { name: 'Collections' });
    expect(within(chips).getByRole('link', { name: 'Contracts' })).toBeTruthy();
    await waitFor(() =>
      expect(put).toHaveBeenCalledWith({
        key: 'new-chat',
        draft: { ...emptyDraft, collectionIds: [collection.id] },
      }),
    );
    fireEvent.change(screen.getByRole('textbox', { name: 'Your message' }), { target: { value: 'How much is it?' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() =>
      expect(ask).toHaveBeenCalledExactlyOnceWith({
        scope: { documentIds: [], collectionIds: [collection.id] },
        question: 'How much is it?',
      }),
    );
    expect(send).not.toHaveBeenCalled();
    // What was refused loses nothing of what was chosen.
    expect(screen.getByRole('list', { name: 'Collections' })).toBeTruthy();
  });

  it('finds the preset, its variables and the settings of the chat as they were left, and sends with them', async () => {
    // Catches the restart after which a half-filled preset is a bare text, and settings that were chosen too early.
    const stored: Draft = {
      ...emptyDraft,
      text: 'Good morning',
      preset: { id: preset.id, values: { language: 'French' } },
      options: { temperature: 0.2 },
    };
    const created = buildConversation();
    const create = vi.fn(() => created);
    const send = vi.fn(() => Promise.reject(new Error('The engine is gone.')));
    const remove = vi.fn();
    const put = vi.fn();
    const api = createApiDouble({
      'app.watchStatus': () => watching(status),
      'documents.watch': () => watching([]),
      'drafts.get': () => stored,
      'drafts.put': put,
      'presets.list': () => [preset],
      'models.list': () => ({ models: [], unusable: [], selectedId: null, folder: '/models' }),
      'conversations.create': create,
      'conversations.remove': remove,
      'chat.send': send,
    });
    renderPage(api);
    const language: HTMLInputElement = await screen.findByLabelText('language');
    expect(language.value).toBe('French');
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() =>
      expect(send).toHaveBeenCalledExactlyOnceWith({ conversationId: created.id, text: 'Into French: Good morning' }),
    );
    expect(create).toHaveBeenCalledWith({ documentIds: [], collectionIds: [], options: { temperature: 0.2 } });
    // What was refused leaves no empty chat behind, and loses nothing.
    await waitFor(() => expect(remove).toHaveBeenCalledWith({ id: created.id }));
    expect(await screen.findByLabelText('language')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Your message' })).toHaveProperty('value', 'Good morning');
  });
});
