import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../testing/build-records.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import { resourcesFolder } from '../../testing/open-chat-services.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createDoubtJudge } from './judge-doubt.ts';

const { passages } = buildDocument(['The tenant pays for small repairs. The landlord pays the tax.']);
const evidence = passages.map((passage) => ({ passage, mark: 1, score: 1, chance: 1, sentences: [] }));
const carried = { isSupported: true, marks: [1] };
const signal = new AbortController().signal;

/** A judge over a chat model whose answer is `yes` or no. */
async function openJudge(canJudge: boolean, yes: boolean) {
  const engine = createFakeEngine();
  await engine.load({ slot: 'chat', path: '/m.gguf' }, { signal });
  let asked = 0;
  engine.measure = async ({ continuations }) => {
    asked += 1;
    return await Promise.resolve(
      continuations.map((word) => ({ logProbabilities: [(word === 'Yes') === yes ? -0.1 : -4] })),
    );
  };
  const parts = { engine, resourcesFolder, logger: createRecordingLogger() };
  const judge = createDoubtJudge(canJudge, parts, signal);
  return { judge: (sentence: string) => judge(sentence, carried, evidence), asked: () => asked };
}

describe('createDoubtJudge', () => {
  // "The landlord pays for small repairs" has every word in the passage, and the passage says the opposite.
  it('marks a doubtful sentence when the model cannot judge, and asks it nothing', async () => {
    const { judge, asked } = await openJudge(false, true);
    expect(await judge('The landlord pays for small repairs.')).toMatchObject({ isSupported: false, marks: [] });
    expect(await judge('The tenant pays for small repairs.')).toMatchObject({ isSupported: true, marks: [1] });
    expect(asked()).toBe(0);
  });

  it.each([true, false])('lets a model that can judge decide, which says %s', async (yes) => {
    const { judge, asked } = await openJudge(true, yes);
    const { isSupported, probability } = await judge('The landlord pays for small repairs.');
    expect(isSupported).toBe(yes);
    expect((probability ?? 0.5) > 0.5).toBe(yes);
    expect(asked()).toBe(1);
  });

  // An answer of many doubtful sentences would keep the person waiting.
  it('asks about three sentences at most', async () => {
    const { judge, asked } = await openJudge(true, true);
    for (let turn = 0; turn < 5; turn += 1) await judge('The landlord pays for small repairs.');
    expect(asked()).toBe(3);
  });
});
