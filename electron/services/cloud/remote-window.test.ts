import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../../app/app-client.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { openCloud } from '../../testing/open-cloud.ts';
import type { CloudBench } from '../../testing/open-cloud.ts';
import { buildRemote } from '../../testing/fake-provider/remote-bench.ts';
import { listContextTokens } from '../usage/price-list.ts';
import { windowTokensOf } from './remote-window.ts';

// The whole app, and a large model whose list says that it reads little at once.
const contextTokens = 2_048;
let bench: CloudBench;
beforeEach(async () => {
  bench = await openCloud({ contextTokens });
  await bench.allow({ answerTokenLimit: 512 });
});
afterEach(async () => await bench.close());

/** A remote whose list was read, as whoever sets one up reads it. */
async function addListed(): Promise<void> {
  const { id } = await bench.addRemote();
  await bench.test.client.remotes.models({ id });
}
const words = (count: number, word: string): string => Array.from({ length: count }, () => word).join(' ');
const asked = (): { max_tokens: number; messages: readonly { content: string }[] } =>
  JSON.parse(bench.bodies().at(-1) ?? '{}') as ReturnType<typeof asked>; // What the fake server took.

describe('a remote that reads little at once', () => {
  // Catches a fixed window: the server refuses what is longer, or cuts its beginning off without a word.
  it('is shown the end of a long conversation, with room for the answer', async () => {
    await addListed();
    let conversationId: ConversationId | undefined;
    for (let turn = 0; turn < 8; turn += 1) {
      const more = conversationId === undefined ? {} : { conversationId };
      ({ conversationId } = await bench.ask(words(150, `turn${turn}`), { ...more, choice: 'remote' }));
    }
    const { messages, max_tokens: answerTokens } = asked();
    const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(characters / 4 + answerTokens).toBeLessThan(contextTokens * 0.85);
    expect(answerTokens).toBeGreaterThanOrEqual(contextTokens / 8);
    expect(messages.at(-1)?.content).toContain('turn7');
    expect(JSON.stringify(messages)).not.toContain('turn0');
  });

  it('is not sent what is too long in any case, which is said in words', async () => {
    await addListed();
    const { answer } = await bench.ask(words(3_000, 'word'), { choice: 'remote' });
    expect(answer).toMatchObject({ status: 'failed', error: { code: 'prompt/too-long' } });
    expect(bench.bodies()).toEqual([]);
  });

  // Catches a preview in which a person writes more than the model can read, to hear of it after the click.
  it('refuses an edit that is too long, and goes on waiting with what it had', async () => {
    await addListed();
    await bench.allow({ cloudMode: 'ask' });
    await bench.ask('Why is the sky blue?', { choice: 'remote' }, async (id) => {
      const { cloud } = bench.test.client;
      const { body, bodyHash, turns } = await cloud.preview({ id });
      const edit = { index: turns.length - 1, text: words(3_000, 'word') };
      const failure = await cloud.edit({ id, turns: [edit] }).catch(toAppError);
      expect(failure).toMatchObject({ code: 'provider/too-long', details: { mayBeBilled: false } });
      expect(await cloud.preview({ id })).toMatchObject({ body });
      await cloud.decide({ id, decision: 'send', bodyHash, isAlways: false });
    });
    expect(bench.bodies()).toHaveLength(1);
  });
});

describe('windowTokensOf', () => {
  const usage = {
    contextTokens: async (provider: string, modelName: string) =>
      listContextTokens(provider, modelName, new Date('2026-11-23T12:00:00Z')),
  };
  const of = async (kind: 'openai' | 'openai-compatible', change: object): Promise<number> => {
    const remote = buildRemote(kind, kind === 'openai' ? 'https://api.openai.com/v1' : 'http://localhost:1/v1');
    return await windowTokensOf({ ...remote, modelName: 'large', ...change }, usage);
  };

  it.each([
    ['the list of the remote before the price list', 'openai', { modelName: 'gpt-4', contextTokens: 4_000 }, 3_400],
    ['the price list where the remote says nothing', 'openai', { modelName: 'gpt-4' }, 6_963],
    ['no more than a person would pay for', 'openai', { modelName: 'gpt-4.1' }, 100_000],
    ['a careful number where nobody knows the model', 'openai', { modelName: 'gpt-99-ultra' }, 100_000],
    ['less of an own server that says nothing', 'openai-compatible', { zone: 'own-server' }, 32_768],
    ['what an own server says', 'openai-compatible', { zone: 'own-server', contextTokens: 65_536 }, 55_705],
  ] as const)('takes %s', async (_what, kind, change, tokens) => {
    expect(await of(kind, change)).toBe(tokens);
  });
});
