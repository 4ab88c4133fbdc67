import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartedAnswer } from '../services/chat/chat-service.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import type { AnswerPart } from '../shared/answer-part.ts';
import type { ConversationId, PreviewId } from '../shared/ids.ts';
import type { Message } from '../shared/message.ts';
import type { Remote, RemoteText } from '../shared/remote.ts';
import type { PlaceChoice } from '../shared/route.ts';
import type { SettingsPatch } from '../shared/settings.ts';
import { startFakeProvider } from './fake-provider-server.ts';
import type { FakeProviderOptions, FakeProviderServer } from './fake-provider-server.ts';
import { openTestApp } from './open-test-app.ts';
import type { TestApp } from './open-test-app.ts';

/** What came of a question. */
export type CloudAnswer = {
  readonly parts: readonly AnswerPart[];
  /** As it is kept. */
  readonly answer: Message;
  readonly conversationId: ConversationId;
};

/** The whole app over a real database, without a model of its own, and large models that are on this machine. */
export type CloudBench = {
  readonly test: TestApp;
  readonly server: FakeProviderServer;
  /** A cloud of the kind `openai-compatible` with the model `large` and a key, where nothing else is said. */
  addRemote(change?: Partial<RemoteText>, key?: string | null): Promise<Remote>;
  /** Opens the way out: mode `auto`, where nothing else is said. */
  allow(patch?: SettingsPatch): Promise<void>;
  /** Follows an answer to its end; `onPreview` is called for each preview, and waited for. */
  follow(started: StartedAnswer, onPreview?: (id: PreviewId) => Promise<unknown>): Promise<CloudAnswer>;
  /** Asks in the chat, and follows. */
  ask(
    text: string,
    change?: { readonly conversationId?: ConversationId; readonly choice?: PlaceChoice },
    onPreview?: (id: PreviewId) => Promise<unknown>,
  ): Promise<CloudAnswer>;
  /** Bodies of the questions that arrived, oldest first. */
  bodies(): readonly string[];
  close(): Promise<void>;
};

const nobodyExpected = async (): Promise<never> => await Promise.reject(new Error('Nobody expected a preview.'));

/** Opens both. Without `secrets` there is no keychain, and keys are kept for the session. */
export async function openCloud({
  secrets,
  ...served
}: { readonly secrets?: SecretStore } & Pick<
  FakeProviderOptions,
  'paceMs' | 'contextTokens'
> = {}): Promise<CloudBench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-cloud-'));
  await mkdir(join(folder, 'data-models'));
  const server = await startFakeProvider(served);
  const test = await openTestApp({
    dataFolder: join(folder, 'data'),
    ...(secrets === undefined ? {} : { secrets }),
  });
  const { client } = test;

  const follow: CloudBench['follow'] = async ({ runId, answerId, conversationId }, onPreview = nobodyExpected) => {
    const parts: AnswerPart[] = [];
    for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
      parts.push(part);
      if (part.type === 'preview' && part.isOpen) await onPreview(part.previewId);
    }
    const answer = (await client.conversations.branch({ tipId: answerId })).at(-1);
    if (answer === undefined) throw new Error('The answer is not there.');
    return { parts, answer, conversationId };
  };

  return {
    test,
    server,
    follow,
    async addRemote(change = {}, key = 'test-key') {
      const added = await client.remotes.add({
        kind: 'openai-compatible',
        zone: 'cloud',
        name: 'Elsewhere',
        baseUrl: server.baseUrl('openai-compatible'),
        modelName: 'large',
        policyUrl: null,
        ...change,
      });
      if (key !== null) await client.keys.set({ owner: added.id, secret: key });
      return added;
    },
    async allow(patch = {}) {
      await client.settings.update({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'auto', ...patch });
    },
    ask: async (text, change = {}, onPreview = nobodyExpected) =>
      await follow(await client.chat.send({ text, ...change }), onPreview),
    bodies: () => server.requests.filter(({ method }) => method === 'POST').map(({ body }) => body.toString('utf8')),
    async close() {
      await test.app.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
