import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../../app/app-client.ts';
import type { ConversationId, PreviewId } from '../../shared/ids.ts';
import type { Remote } from '../../shared/remote.ts';
import { createFileSecretStore } from '../../testing/file-secret-store.ts';
import { openCloud } from '../../testing/open-cloud.ts';
import type { CloudBench } from '../../testing/open-cloud.ts';
import { createSwitchedSecretStore } from '../../testing/switched-secret-store.ts';
import type { SwitchedSecretStore } from '../../testing/switched-secret-store.ts';

// The whole app with a keychain that a test can lock: what may change between a preview and the click on "Send".
let folder = '';
let bench: CloudBench;
let secrets: SwitchedSecretStore;
let remote: Remote;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-secrets-'));
  secrets = createSwitchedSecretStore(createFileSecretStore(folder));
  bench = await openCloud({ secrets });
  await bench.allow({ cloudMode: 'ask' });
  remote = await bench.addRemote();
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

const text = 'What does a zephyr do?';

/** Looks at it, and sends what it saw. */
async function send(id: PreviewId, isAlways = false): Promise<string> {
  const { cloud } = bench.test.client;
  try {
    const { bodyHash } = await cloud.preview({ id });
    await cloud.decide({ id, decision: 'send', bodyHash, isAlways });
    return 'sent';
  } catch (error) {
    return toAppError(error).code;
  }
}
const conversationOf = async (id: PreviewId): Promise<ConversationId> =>
  (await bench.test.client.cloud.preview({ id })).conversationId;
async function waitingIn(): Promise<readonly ConversationId[]> {
  for await (const status of await bench.test.client.app.watchStatus()) return status.waitingIn;
  return [];
}
const update = async (change: Partial<Remote>) => {
  const { id: _, ...was } = remote;
  await bench.test.client.remotes.update({ id: remote.id, text: { ...was, ...change } });
};

/** What happens while the preview waits, the code that "Send" then gets, and what puts it right. */
type Change = {
  readonly what: string;
  readonly code: string;
  readonly happen: (id: PreviewId) => Promise<unknown>;
  readonly undo: (id: PreviewId) => Promise<unknown>;
};

const setLabel = async (id: PreviewId, isLocalOnly: boolean): Promise<unknown> =>
  await bench.test.client.conversations.setLocalOnly({ id: await conversationOf(id), isLocalOnly });

const changes: readonly Change[] = [
  {
    what: 'the keychain is locked',
    code: 'access/keychain-unavailable',
    happen: async () => (secrets.isLocked = true),
    undo: async () => (secrets.isLocked = false),
  },
  {
    what: 'the key is removed',
    code: 'provider/no-key',
    happen: async () => await bench.test.client.keys.remove({ owner: remote.id }),
    undo: async () => await bench.test.client.keys.set({ owner: remote.id, secret: 'test-key' }),
  },
  {
    what: 'the offline lock is turned on',
    code: 'egress/offline',
    happen: async () => await bench.test.client.privacy.setOffline({ isOffline: true }),
    undo: async () => await bench.test.client.privacy.setOffline({ isOffline: false }),
  },
  {
    what: 'the purpose is taken back',
    code: 'egress/purpose-not-allowed',
    happen: async () => await bench.allow({ cloudMode: 'ask', allowedPurposes: [] }),
    undo: async () => await bench.allow({ cloudMode: 'ask' }),
  },
  {
    what: 'large models are turned off',
    code: 'egress/mode-off',
    happen: async () => await bench.allow({ cloudMode: 'off' }),
    undo: async () => await bench.allow({ cloudMode: 'ask' }),
  },
  {
    what: 'the conversation is labelled local only',
    code: 'egress/local-only',
    happen: async (id) => await setLabel(id, true),
    undo: async (id) => await setLabel(id, false),
  },
  {
    what: 'the budget of the month becomes too small',
    code: 'cloud/budget-spent',
    happen: async () => await bench.allow({ cloudMode: 'ask', monthlyBudgetMicroDollars: 0 }),
    undo: async () => await bench.allow({ cloudMode: 'ask', monthlyBudgetMicroDollars: 10_000_000 }),
  },
];

describe('a request that waits for a person', () => {
  // Catches a click on "Send" that takes the preview away, sends nothing, and tells of it too late to do anything.
  it.each(changes)('says so and goes on waiting when $what', async ({ code, happen, undo }) => {
    let shown = '';
    const { answer } = await bench.ask(text, {}, async (id) => {
      const before = await bench.test.client.cloud.preview({ id });
      shown = before.body;
      await happen(id);
      expect(await send(id, true)).toBe(code);
      expect(bench.server.requests).toEqual([]);
      expect(await bench.test.client.cloud.preview({ id })).toMatchObject({ id, body: before.body });
      await undo(id);
      expect(await send(id)).toBe('sent');
      await expect(bench.test.client.cloud.preview({ id })).rejects.toThrow(/no such preview/);
    });
    expect(answer).toMatchObject({ status: 'complete', route: { zone: 'cloud', reason: 'no-local-model' } });
    expect(bench.bodies()).toEqual([shown]);
    // What did not go out is no "always" either.
    const { conversation } = await bench.test.client.conversations.open({ id: answer.conversationId });
    expect(conversation.options.sendsWithoutPreview).toBeNull();
  });

  it('can be answered here after its remote was removed', async () => {
    const { answer } = await bench.ask(text, {}, async (id) => {
      await bench.test.client.remotes.remove({ id: remote.id });
      expect(await send(id, true)).toBe('cloud/no-remote');
      await bench.test.client.cloud.decide({ id, decision: 'local' });
    });
    // There is no model here: what counts is that it was looked for here and nowhere else.
    expect(answer.error?.code).toBe('model/none');
    expect(bench.server.requests).toEqual([]);
  });

  // Catches a request that was shown for one model or address and goes to another.
  it('is shown anew when its remote was changed, and goes as it was shown last', async () => {
    let shown = '';
    const { answer } = await bench.ask(text, {}, async (id) => {
      const before = await bench.test.client.cloud.redactMore({ id, words: ['zephyr'], isRemembered: false });
      await update({ modelName: 'small', name: 'Other' });
      expect(await send(id)).toBe('cloud/remote-changed');
      const after = await bench.test.client.cloud.preview({ id });
      expect(after).toMatchObject({ modelName: 'small', remoteName: 'Other', route: { modelName: 'small' } });
      expect(after.bodyHash).not.toBe(before.bodyHash);
      // What was replaced stays replaced.
      expect(after.body).not.toContain('zephyr');
      expect(await send(id)).toBe('sent');
      shown = after.body;
    });
    expect(bench.bodies()).toEqual([shown]);
    expect(answer).toMatchObject({ modelName: 'small', route: { remoteName: 'Other', modelName: 'small' } });
  });

  // Catches a click on "Send" that sends what another window made of the request, and nobody has seen.
  it('does not go as another window has changed it since it was seen', async () => {
    const { cloud } = bench.test.client;
    let shown = '';
    await bench.ask(text, {}, async (id) => {
      const { bodyHash } = await cloud.preview({ id });
      const changing = cloud.redactMore({ id, words: ['zephyr'], isRemembered: false });
      const sending = cloud.decide({ id, decision: 'send', bodyHash });
      await expect(sending).rejects.toMatchObject({ data: { code: 'cloud/preview-changed' } });
      shown = (await changing).body;
      expect(await send(id)).toBe('sent');
    });
    expect(bench.bodies()).toEqual([shown]);
  });

  // Catches "Cancel" that waits behind a keychain which asks for its password, or loses against it.
  it('is left here at once by a cancel while "Send" still waits for the keychain', async () => {
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const first = Promise.withResolvers<string>();
    const { answer } = await bench.ask(text, {}, async (id) => {
      const read = secrets.get;
      Object.assign(secrets, {
        get: async (account: string) => {
          asked.resolve();
          await goOn.promise;
          return await read(account);
        },
      });
      first.resolve(send(id, true));
      await asked.promise;
      await bench.test.client.cloud.decide({ id, decision: 'cancel' });
      goOn.resolve();
    });
    expect(await first.promise).toBe('app/not-found');
    expect(answer).toMatchObject({ status: 'stopped', route: { zone: 'local', reason: 'not-sent' } });
    expect(bench.server.requests).toEqual([]);
  });

  it('is sent once, however many windows say so', async () => {
    await bench.ask(text, {}, async (id) => {
      expect((await Promise.all([send(id), send(id), send(id)])).toSorted()).toEqual([
        'app/not-found',
        'app/not-found',
        'sent',
      ]);
    });
    expect(bench.bodies()).toHaveLength(1);
  });

  // Catches the question that waits unseen, and the mark that stays when nothing waits any more.
  it.each(['cancel', 'local'] as const)('is told with the status until it is decided: %s', async (decision) => {
    const { answer } = await bench.ask(text, {}, async (id) => {
      expect(await waitingIn()).toEqual([await conversationOf(id)]);
      await bench.test.client.cloud.decide({ id, decision });
    });
    expect(await waitingIn()).toEqual([]);
    expect(answer.status).not.toBe('streaming');
  });

  it('waits beside another one, each for its own decision', async () => {
    const open = new Map<PreviewId, string>();
    const both = Promise.withResolvers<void>();
    const hold = async (id: PreviewId): Promise<void> => {
      open.set(id, (await bench.test.client.cloud.preview({ id })).body);
      if (open.size === 2) both.resolve();
      await both.promise;
    };
    const answers = [bench.ask('One?', {}, hold), bench.ask('Two?', {}, hold)];
    await both.promise;
    const [one, two] = [...open].toSorted(([, a], [, b]) => Number(a.includes('Two')) - Number(b.includes('Two')));
    if (one === undefined || two === undefined) throw new Error('Two previews wait.');
    await bench.test.client.cloud.decide({ id: one[0], decision: 'cancel' });
    expect(await send(two[0])).toBe('sent');
    const [first, second] = await Promise.all(answers);
    expect(first?.answer).toMatchObject({ status: 'stopped', route: { reason: 'not-sent' } });
    expect(second?.answer.status).toBe('complete');
    expect(bench.bodies()).toEqual([two[1]]);
  });
});

describe('"always" for a conversation', () => {
  const always = async (id: PreviewId): Promise<void> => {
    expect(await send(id, true)).toBe('sent');
  };

  it('does not open what is labelled local only afterwards', async () => {
    const { conversationId } = await bench.ask(text, {}, always);
    await bench.test.client.conversations.setLocalOnly({ id: conversationId, isLocalOnly: true });
    const { answer } = await bench.ask('And then?', { conversationId, choice: 'remote' });
    expect(answer).toMatchObject({ status: 'failed', route: { zone: 'local', reason: 'local-only' } });
    expect(bench.bodies()).toHaveLength(1);
  });

  // Catches a permission that was given for one company and used for another.
  it('is said of one address: a request to another one is shown', async () => {
    const { conversationId } = await bench.ask(text, {}, always);
    await bench.ask('And then?', { conversationId });
    await update({ baseUrl: bench.server.baseUrl('mistral'), kind: 'mistral' });
    let previews = 0;
    await bench.ask('And there?', { conversationId }, async (id) => {
      previews += 1;
      expect(await send(id)).toBe('sent');
    });
    expect(previews).toBe(1);
    expect(bench.bodies()).toHaveLength(3);
  });

  it('does not send what another answer of the conversation shows at the same time', async () => {
    const { conversationId } = await bench.ask('One?', {}, async (id) => await send(id));
    const waiting: PreviewId[] = [];
    const both = Promise.withResolvers<void>();
    const hold = async (id: PreviewId): Promise<void> => {
      waiting.push(id);
      if (waiting.length === 2) both.resolve();
      await both.promise;
    };
    const answers = [
      bench.ask('Two?', { conversationId }, hold),
      bench.ask('Three?', { conversationId, choice: 'remote' }, hold),
    ];
    await both.promise;
    const [first, second] = waiting;
    if (first === undefined || second === undefined) throw new Error('Two were expected.');
    await always(first);
    expect(await bench.test.client.cloud.preview({ id: second })).toMatchObject({ id: second });
    await bench.test.client.cloud.decide({ id: second, decision: 'cancel' });
    await Promise.all(answers);
    expect(bench.bodies()).toHaveLength(2);
  });
});

describe('an app that is locked', () => {
  it('forgets what waited, sends nothing, and says so of the answer', async () => {
    const { client } = bench.test;
    await client.access.keep({ keeping: 'passphrase', passphrase: 'four unrelated words' });
    const started = await client.chat.send({ text, choice: 'remote' });
    let waiting: PreviewId | null = null;
    await bench
      .follow(started, async (id) => {
        waiting = id;
        await client.access.lock();
      })
      .catch(() => undefined);
    await client.access.unlock({ passphrase: 'four unrelated words' });
    if (waiting === null) throw new Error('A preview was expected.');
    await expect(client.cloud.decide({ id: waiting, decision: 'send', bodyHash: '' })).rejects.toThrow(
      /no such preview/,
    );
    const [, answer] = await client.conversations.branch({ tipId: started.answerId });
    expect(answer).toMatchObject({ status: 'stopped', route: { zone: 'local', reason: 'not-sent' } });
    expect(bench.server.requests).toEqual([]);
  });
});
