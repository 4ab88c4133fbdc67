import type { ConversationId, RunId } from '../../../electron/shared/ids.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import type { FakeProviderFault } from '../../../electron/testing/fake-provider/faults.ts';
import type { AgreementBench } from './agreement-bench.ts';
import { hubFile, hubRepository } from './agreement-bench.ts';

/** Ways in which an answer fails that end by themselves at once. */
const faults: readonly FakeProviderFault[] = [
  { kind: 'wrong-key' },
  { kind: 'no-credit' },
  { kind: 'forbidden' },
  { kind: 'unknown-model' },
  { kind: 'too-long' },
  { kind: 'rate-limit', retryAfterSeconds: 1 },
  { kind: 'server-error' },
  { kind: 'overloaded' },
  { kind: 'no-end', afterPieces: 5 },
  { kind: 'reset', afterPieces: 5 },
  { kind: 'error-event', afterPieces: 5, message: 'Overloaded' },
  { kind: 'redirect', to: 'https://elsewhere.invalid/' },
  { kind: 'html' },
  { kind: 'json' },
  { kind: 'wrong-events' },
  { kind: 'empty' },
  { kind: 'hostile-bytes' },
  { kind: 'lone-surrogates' },
  { kind: 'tool-calls' },
  { kind: 'no-usage' },
  { kind: 'endless-error', bytes: 200_000 },
];

const words = 'harbour lantern gravel teapot zephyr meadow quarry thimble größer naïve 東京 🙂'.split(' ');

type Random = () => number;
const pick = <One>(random: Random, all: readonly One[]): One => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
};

type Question = {
  /** Null for a new one. */
  readonly conversationId?: ConversationId | null;
  /** Called at the first words of the answer. */
  readonly onText?: (runId: RunId) => Promise<unknown>;
};

/** Asks one thing after the other, so that each account has the same order. */
export class MixedRequests {
  /** What was asked of the app, by kind. */
  readonly asked: Record<string, number> = {};
  readonly #bench: AgreementBench;
  readonly #random: Random;
  #questions = 0;
  #conversation: ConversationId | null = null;

  constructor(bench: AgreementBench, random: Random) {
    this.#bench = bench;
    this.#random = random;
  }

  /** One more thing, at random. */
  async askSomething(): Promise<void> {
    const kinds: readonly (readonly [share: number, name: string, ask: () => Promise<unknown>])[] = [
      [0.41, 'question', () => this.#ask()],
      [0.04, 'three questions at once', () => this.#askThree()],
      [0.17, 'question that fails', () => this.#askInVain()],
      [0.05, 'question that is stopped', () => this.#askAndStop()],
      [0.08, 'list of models', () => this.#list()],
      [0.04, 'test of a key', () => this.#test()],
      [0.08, 'search', () => this.#search()],
      [0.04, 'repository', () => this.#look()],
      [0.02, 'download', () => this.#download()],
      [0.04, 'under the lock', () => this.#underLock()],
      [0.03, 'local only', () => this.#localOnly()],
    ];
    if (this.#random() < 0.15) await this.#chooseRemotes();
    let rest = this.#random();
    const [, name, ask] = kinds.find(([share]) => (rest -= share) < 0) ?? kinds[0] ?? [];
    if (name === undefined || ask === undefined) return;
    this.asked[name] = (this.asked[name] ?? 0) + 1;
    await ask();
  }

  /** A large model has its turn when no other has one to be asked; with two, one of them stands in for the other. */
  async #chooseRemotes(needed: (remote: Remote) => boolean = () => false): Promise<void> {
    const { client, remotes } = this.#bench;
    const chosen = new Set([
      pick(this.#random, remotes),
      ...(this.#random() < 0.5 ? [pick(this.#random, remotes)] : []),
    ]);
    for (const remote of remotes) {
      const { id, ...text } = remote;
      const modelName = chosen.has(remote) || needed(remote) ? 'large' : null;
      await client.remotes.update({ id, text: { ...text, modelName } });
    }
  }

  /** Each question is another text: its body is known again by its hash. */
  #question(): string {
    this.#questions += 1;
    const length = 1 + Math.floor(this.#random() ** 3 * 400);
    const said = Array.from({ length }, () => pick(this.#random, words)).join(' ');
    return `Question ${this.#questions}: ${said}?`;
  }

  /**
   * Asks a large model, in the conversation before or in a new one; resolves when the answer has ended, however it did.
   * There is no model on this machine, so what may not leave has no answer.
   */
  async #ask({ conversationId = this.#beforeOrNew(), onText }: Question = {}): Promise<ConversationId> {
    const { client } = this.#bench;
    const before = conversationId === null ? {} : { conversationId };
    // With nobody's choice the rules send it, too: there is no model here. Then another remote may stand in for one that fails.
    const choice = this.#random() < 0.5 ? ({ choice: 'remote' } as const) : {};
    const started = await client.chat.send({ ...before, text: this.#question(), ...choice });
    this.#conversation = started.conversationId;
    let hasText = false;
    for await (const part of await client.runs.follow({ runId: started.runId, afterSequence: -1 })) {
      if (part.type !== 'text-delta' || hasText) continue;
      hasText = true;
      await onText?.(started.runId);
    }
    return started.conversationId;
  }

  #beforeOrNew(): ConversationId | null {
    return this.#random() < 0.5 ? null : this.#conversation;
  }

  async #askInVain(): Promise<void> {
    this.#bench.provider.fail(pick(this.#random, faults));
    await this.#ask();
  }

  async #askThree(): Promise<void> {
    await Promise.all([1, 2, 3].map(async () => await this.#ask({ conversationId: null })));
  }

  async #askAndStop(): Promise<void> {
    this.#bench.provider.fail({ kind: 'stall', afterPieces: 4 });
    const { client } = this.#bench;
    await this.#ask({ onText: async (runId) => await client.runs.stop({ runId }) });
  }

  async #list(): Promise<void> {
    const { id } = pick(this.#random, this.#bench.remotes);
    if (this.#random() < 0.3) this.#bench.provider.fail({ kind: 'wrong-key' });
    await this.#bench.client.remotes.models({ id }).catch(() => undefined);
  }

  async #test(): Promise<void> {
    await this.#bench.client.remotes.test({ id: pick(this.#random, this.#bench.remotes).id });
  }

  async #search(): Promise<void> {
    const text = this.#random() < 0.5 ? 'tiny' : pick(this.#random, words);
    await this.#bench.client.catalogue.search({ text });
  }

  async #look(): Promise<void> {
    const repository = this.#random() < 0.7 ? hubRepository : 'acme/none';
    await this.#bench.client.catalogue.repository({ repository }).catch(() => undefined);
  }

  /** Fetched, and taken away again so that it can be fetched once more. */
  async #download(): Promise<void> {
    const { client } = this.#bench;
    await client.downloads.start({ repository: hubRepository, wanted: { path: hubFile } });
    for await (const downloads of await client.downloads.watch()) {
      if (downloads.every(({ state }) => state !== 'running' && state !== 'waiting' && state !== 'checking')) break;
    }
    // The one that came with the app stays.
    for (const { id } of (await client.models.list()).models) await client.models.remove({ id }).catch(() => undefined);
    for (const { id } of await client.downloads.list()) await client.downloads.cancel({ id });
  }

  /** Nothing of it may leave, and every try has to be written down. */
  async #underLock(): Promise<void> {
    const { client } = this.#bench;
    await client.privacy.setOffline({ isOffline: true });
    await client.remotes.models({ id: pick(this.#random, this.#bench.remotes).id }).catch(() => undefined);
    await client.catalogue.search({ text: 'tiny' }).catch(() => undefined);
    await this.#ask();
    await client.privacy.setOffline({ isOffline: false });
    this.#conversation = null;
  }

  /** Only the server of one's own may have it. */
  async #localOnly(): Promise<void> {
    const { client } = this.#bench;
    await this.#chooseRemotes(({ zone }) => zone === 'own-server');
    const conversationId = await this.#ask({ conversationId: null });
    await client.conversations.setLocalOnly({ id: conversationId, isLocalOnly: true });
    for (let turn = 0; turn < 2; turn += 1) {
      // What would be the next one after the own server has failed is a cloud.
      this.#bench.provider.fail({ kind: 'server-error' });
      await this.#ask({ conversationId });
    }
    this.#conversation = null;
  }
}
