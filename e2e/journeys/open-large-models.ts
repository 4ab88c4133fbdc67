import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartedAnswer } from '../../electron/services/chat/chat-service.ts';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import type { CloudPreview } from '../../electron/shared/cloud-preview.ts';
import type { AppErrorData } from '../../electron/shared/app-error.ts';
import { messageText, type Message } from '../../electron/shared/message.ts';
import type { Remote } from '../../electron/shared/remote.ts';
import { startFakeProvider, type FakeProviderServer } from '../../electron/testing/fake-provider-server.ts';
import { endProcess, spawnHost } from '../app/host-app.ts';
import { connectHost, type HostClient } from '../app/host-client.ts';

const models = process.env['SOTTO_MODEL_DIR'] ?? join(import.meta.dirname, '../../.cache/models');
const starterModel = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** How an answer ended, and what was told on its way. */
export type HeardAnswer = {
  readonly parts: readonly AnswerPart[];
  /** As it is kept. */
  readonly message: Message;
  readonly text: string;
  readonly error: AppErrorData | null;
};

/** The built app with a model of its own, and large models that are on this machine. */
export type LargeModels = {
  readonly client: HostClient['client'];
  readonly provider: FakeProviderServer;
  add(kind: Remote['kind'], zone: Remote['zone'], key?: string): Promise<Remote>;
  /** Follows an answer to its end. `onPreview` is called for each preview, and waited for. */
  hear(started: StartedAnswer, onPreview?: (preview: CloudPreview) => Promise<unknown>): Promise<HeardAnswer>;
  close(): Promise<void>;
};

/** Starts both. The lock is open, large models are allowed, and the mode is the one that is given. */
export async function openLargeModels(
  cloudMode: 'off' | 'ask' | 'auto',
  { paceMs = 0 }: { readonly paceMs?: number } = {},
): Promise<LargeModels> {
  const path = join(models, starterModel);
  if (!existsSync(path)) throw new Error('The starter model is missing: run `npm test` once, or `npm start`.');
  const folder = mkdtempSync(join(tmpdir(), 'sotto-large-'));
  const folders = { dataFolder: join(folder, 'data'), modelFolder: join(folder, 'models') };
  for (const one of Object.values(folders)) mkdirSync(one);
  symlinkSync(path, join(folders.modelFolder, starterModel));
  const provider = await startFakeProvider({ paceMs });
  const host = await spawnHost(folders);
  const { client, close } = await connectHost(host.url);
  for await (const { state } of await client.access.watch()) if (state === 'open') break;
  await client.settings.update({
    cloudMode,
    isOffline: false,
    allowedPurposes: ['provider'],
    hasAutomaticTitles: false,
    answerTokenLimit: 64,
  });
  return {
    client,
    provider,
    async add(kind, zone, key = 'test-key') {
      const text = { kind, zone, name: `${kind} ${zone}`, baseUrl: provider.baseUrl(kind), policyUrl: null };
      const remote = await client.remotes.add({ ...text, modelName: 'large' });
      await client.keys.set({ owner: remote.id, secret: key });
      return remote;
    },
    async hear({ runId, answerId }, onPreview = () => Promise.reject(new Error('Nobody expected a preview.'))) {
      const parts: AnswerPart[] = [];
      for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
        parts.push(part);
        if (part.type === 'preview' && part.isOpen) {
          await onPreview(await client.cloud.preview({ id: part.previewId }));
        }
      }
      const message = (await client.conversations.branch({ tipId: answerId })).at(-1);
      if (message === undefined) throw new Error('The answer is not kept.');
      const failed = parts.find((part) => part.type === 'run-error');
      return { parts, message, text: messageText(message), error: failed?.error ?? null };
    },
    async close() {
      close();
      await endProcess(host.process);
      await provider.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
