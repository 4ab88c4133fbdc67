import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import type { ConversationId, RunId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import { messageText } from '../../shared/message.ts';
import type { Remote, RemoteText } from '../../shared/remote.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { startFakeProvider } from '../../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../../testing/fake-provider-server.ts';
import { openTestApp } from '../../testing/open-test-app.ts';
import type { TestApp } from '../../testing/open-test-app.ts';

// The whole app over a real database, without a model of its own, and a provider on this machine.
let folder = '';
let test: TestApp;
let server: FakeProviderServer;

const open: SettingsPatch = { isOffline: false, allowedPurposes: ['provider'], cloudMode: 'auto' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-cloud-'));
  await mkdir(join(folder, 'data-models'));
  server = await startFakeProvider();
  test = await openTestApp({ dataFolder: join(folder, 'data') });
  await addRemote({});
});
afterEach(async () => {
  await test.app.close();
  await server.close();
  await rm(folder, { recursive: true });
});

async function addRemote(change: Partial<RemoteText>, key: string | null = 'test-key'): Promise<Remote> {
  const text: RemoteText = {
    kind: 'openai-compatible',
    zone: 'cloud',
    name: 'Elsewhere',
    baseUrl: server.baseUrl('openai-compatible'),
    modelName: 'large',
    policyUrl: null,
    ...change,
  };
  const added = await test.client.remotes.add(text);
  if (key !== null) await test.client.keys.set({ owner: added.id, secret: key });
  return added;
}

const prepare = async (patch: SettingsPatch = {}): Promise<void> => {
  await test.client.settings.update({ ...open, ...patch });
};

type Asked = {
  readonly parts: readonly AnswerPart[];
  readonly answer: Message;
  readonly conversationId: ConversationId;
};

/** Follows a run; `onPreview` decides over what is shown. */
async function follow(
  runId: RunId,
  onPreview: (id: Extract<AnswerPart, { type: 'preview' }>['previewId']) => Promise<void>,
): Promise<readonly AnswerPart[]> {
  const parts: AnswerPart[] = [];
  for await (const part of await test.client.runs.follow({ runId, afterSequence: -1 })) {
    parts.push(part);
    if (part.type === 'preview' && part.isOpen) await onPreview(part.previewId);
  }
  return parts;
}

async function ask(
  text: string,
  change: { readonly conversationId?: ConversationId; readonly choice?: 'local' | 'remote' } = {},
  onPreview: Parameters<typeof follow>[1] = async () => Promise.reject(new Error('Nobody expected a preview.')),
): Promise<Asked> {
  const { runId, conversationId, answerId } = await test.client.chat.send({ text, ...change });
  const parts = await follow(runId, onPreview);
  const { messages } = await test.client.conversations.open({ id: conversationId });
  const answer = messages.find(({ id }) => id === answerId);
  if (answer === undefined) throw new Error('The answer is not there.');
  return { parts, answer, conversationId };
}

const bodies = (): readonly string[] => server.requests.map(({ body }) => body.toString('utf8'));

describe('a question that is answered elsewhere', () => {
  // Catches any way in which an original leaves, or a placeholder comes home.
  it('leaves without what is private in it, and comes home with it', async () => {
    await prepare();
    server.answer(({ turns }) => `You wrote: ${turns.at(-1)?.text ?? ''}`);
    const { answer, parts } = await ask('Write to anna.berger@example.org that the meeting is moved.');
    expect(messageText(answer)).toBe('You wrote: Write to anna.berger@example.org that the meeting is moved.');
    expect(bodies().join('')).not.toContain('anna.berger');
    expect(answer.route).toMatchObject({ zone: 'cloud', reason: 'no-local-model', remoteName: 'Elsewhere' });
    expect(answer.modelName).toBe('large');
    const sent = answer.parts.find((part) => part.type === 'sent');
    expect(sent?.sent).toMatchObject({ replacedCount: 1, ledgerEntryIds: [expect.any(String)] });
    expect(parts.filter(({ type }) => type === 'sent')).toHaveLength(1);
    const { entries } = await test.client.privacy.ledger({});
    expect(entries[0]).toMatchObject({
      outcome: 'completed',
      inputTokens: expect.any(Number),
      costMicroDollars: expect.any(Number),
    });
    expect(sent?.sent.costMicroDollars).toBe(entries[0]?.costMicroDollars);
  });

  it('keeps its placeholders through a conversation', async () => {
    await prepare();
    const { conversationId } = await ask('My address is anna.berger@example.org.');
    await ask('And that of Otto is otto@example.org. Again: anna.berger@example.org.', { conversationId });
    const [first = '', second = ''] = bodies();
    const [name] = /\[EMAIL_\d\]/.exec(first) ?? [];
    expect(second.split(name ?? 'none')).toHaveLength(4);
  });

  it('is asked of nobody while the mode is off, and says why to whoever chose a remote', async () => {
    await prepare({ cloudMode: 'off' });
    await ask('Why?').catch(() => undefined);
    const { answer } = await ask('Why?', { choice: 'remote' });
    expect(server.requests).toEqual([]);
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'model/none' } });
  });

  it('stays here when the conversation is for this machine only, also where it is chosen', async () => {
    await prepare();
    const { conversationId } = await ask('Hello.');
    await test.client.conversations.setLocalOnly({ id: conversationId, isLocalOnly: true });
    const { answer } = await ask('And this?', { conversationId, choice: 'remote' });
    expect(server.requests).toHaveLength(1);
    expect(answer.error?.code).toBe('model/none');
  });
});

describe('a question that the person is asked about', () => {
  it('leaves byte for byte as it was shown, after more was redacted and a turn edited', async () => {
    await prepare({ cloudMode: 'ask' });
    let shown = '';
    const { answer } = await ask('What does Vespera cost, "roughly"?', {}, async (id) => {
      const first = await test.client.cloud.preview({ id });
      expect(first.replacements).toEqual([]);
      await test.client.cloud.redactMore({ id, words: ['vespera'], isRemembered: true });
      const { turns } = await test.client.cloud.preview({ id });
      const index = turns.length - 1;
      const text = `${turns[index]?.text ?? ''} Ask bob@example.org.`;
      const { body, bodyHash, replacements } = await test.client.cloud.edit({ id, turns: [{ index, text }] });
      expect(replacements.map(({ original }) => original)).toEqual(['Vespera', 'bob@example.org']);
      for (const { start, end, placeholder } of replacements) expect(body.slice(start, end)).toBe(placeholder);
      shown = body;
      await test.client.cloud.decide({ id, decision: 'send', bodyHash });
      await expect(test.client.cloud.preview({ id })).rejects.toThrow(/no such preview/);
    });
    expect(bodies()).toEqual([shown]);
    expect(shown).not.toMatch(/vespera|bob@/i);
    expect(messageText(answer)).toContain('Vespera');
    expect((await test.client.settings.get()).redactedWords).toEqual(['vespera']);
  });

  it('is not sent when it is cancelled, and goes on here when that is chosen', async () => {
    await prepare({ cloudMode: 'ask' });
    const cancelled = await ask('Why?', {}, async (id) => {
      await test.client.cloud.decide({ id, decision: 'cancel' });
    });
    expect(cancelled.answer).toMatchObject({ status: 'stopped', route: { zone: 'local', reason: 'not-sent' } });
    const local = await ask('Why?', {}, async (id) => test.client.cloud.decide({ id, decision: 'local' }));
    // There is no model here: what counts is that it was looked for here and nowhere else.
    expect(local.answer.error?.code).toBe('model/none');
    expect(server.requests).toEqual([]);
  });

  it('leaves without a preview where the person said so for the conversation', async () => {
    await prepare({ cloudMode: 'ask' });
    const { conversationId } = await ask('Why?', {}, async (id) => {
      const { bodyHash } = await test.client.cloud.preview({ id });
      await test.client.cloud.decide({ id, decision: 'send', bodyHash, isAlways: true });
    });
    await ask('And then?', { conversationId });
    expect(server.requests).toHaveLength(2);
  });

  it('is forgotten with its answer', async () => {
    await prepare({ cloudMode: 'ask' });
    const { answer } = await ask('Why?', {}, async (id) => {
      const runId = (await test.client.cloud.preview({ id })).conversationId;
      const { messages } = await test.client.conversations.open({ id: runId });
      const growing = messages.at(-1)?.runId;
      if (growing != null) await test.client.runs.stop({ runId: growing });
    });
    expect(answer.status).toBe('stopped');
    expect(server.requests).toEqual([]);
  });
});

describe('a remote that fails', () => {
  it('is followed by the next one, which says so', async () => {
    await prepare();
    await addRemote({ name: 'Second' });
    server.fail({ kind: 'overloaded' });
    const { answer } = await ask('Why?');
    expect(answer).toMatchObject({ status: 'complete', route: { remoteName: 'Second', reason: 'remote-failed' } });
    expect(answer.parts).toContainEqual({ type: 'notice', name: 'remote-failed' });
    expect(server.requests).toHaveLength(2);
  });

  it('is asked once when its answer may be billed', async () => {
    await prepare();
    await addRemote({ name: 'Second' });
    server.fail({ kind: 'reset', afterPieces: 2 });
    const { answer } = await ask('Why is the sky blue, and the evening red?');
    expect(answer.status).toBe('interrupted');
    expect(server.requests).toHaveLength(1);
  });

  it('tells what is wrong with it to whoever chose it', async () => {
    await prepare();
    server.setKey('another-key');
    const { answer } = await ask('Why?', { choice: 'remote' });
    expect(answer.error?.code).toBe('provider/wrong-key');
  });

  it('is not asked when the budget is spent', async () => {
    await prepare({ monthlyBudgetMicroDollars: 0 });
    const { answer } = await ask('Why?', { choice: 'remote' });
    expect(server.requests).toEqual([]);
    expect(answer.status).toBe('failed');
  });
});
