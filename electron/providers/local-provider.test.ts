import { beforeEach, describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../inference/engine.ts';
import { AppError } from '../shared/app-error.ts';
import { modelIdSchema } from '../shared/ids.ts';
import { noUsage } from '../shared/usage.ts';
import { createFakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { settle } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createLocalLanguageModel } from './local-language-model.ts';
import { createLocalProvider } from './local-provider.ts';
import type { ModelPart, ModelProvider, ModelRequest } from './model-provider.ts';

const small = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/models/small.gguf' };
const big = {
  description: { id: 'sha256:fedcba9876543210', name: 'Big', contextLength: 2_048 },
  path: '/models/big.gguf',
};
const request: ModelRequest = {
  conversationKey: 'conversation',
  turns: [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'Hello there' },
    { role: 'assistant', text: 'Well' },
  ],
  sampling: { temperature: 0.5, topK: 10, minP: 0.1, repeatPenalty: 1.2, seed: 7 },
  maxTokens: 64,
  priority: 'background',
  stopStrings: ['\n\n'],
  jsonSchema: { type: 'object', properties: { answer: { type: 'string' } } },
};

describe('local provider', () => {
  let engine: FakeEngine;
  let provider: ModelProvider;
  let stop: AbortController;
  let current: typeof small | null;

  beforeEach(() => {
    engine = createFakeEngine({ contextTokens: 4_096 });
    current = small;
    stop = new AbortController();
    provider = createLocalProvider({
      engine,
      models: {
        current: async () => current,
        resolve: async (id) => {
          if (id !== big.description.id) throw new AppError('model/not-found', 'There is no such model.');
          return big;
        },
      },
      logger: createRecordingLogger(),
    });
  });

  const collect = async (): Promise<readonly ModelPart[]> => Array.fromAsync(provider.stream(request, stop.signal));

  it('streams name, prefill, text and usage in order', async () => {
    engine.script(['Good ', 'day']);
    expect(await collect()).toEqual([
      { type: 'model-start', modelName: 'Small', route: { zone: 'local', reason: 'only-local-models' } },
      { type: 'prefill-progress', done: 17, total: 17 },
      { type: 'text-delta', text: 'Good ' },
      { type: 'text-delta', text: 'day' },
      {
        type: 'model-end',
        reason: 'complete',
        usage: { inputTokens: 17, reusedTokens: 0, outputTokens: 2, timeToFirstTokenMs: 1, tokensPerSecond: 60 },
      },
    ]);
  });

  it('hands every option to the engine unchanged', async () => {
    await collect();
    expect(engine.requests).toEqual<GenerateRequest[]>([request]);
  });

  // Thoughts that came as text would be read aloud, searched and told to the model again.
  it('tells thoughts apart from the answer', async () => {
    engine.generate = async function* () {
      yield { type: 'reasoning-delta', text: 'Hm. ', tokens: 2 };
      yield { type: 'reasoning-delta', text: 'Yes.', tokens: 1 };
      yield { type: 'text-delta', text: 'Good day', tokens: 2 };
      yield { type: 'generate-end', reason: 'complete', usage: noUsage };
    };
    const said = (await collect()).filter(({ type }) => type.endsWith('-delta'));
    expect(said).toEqual([
      { type: 'reasoning-delta', text: 'Hm. ' },
      { type: 'reasoning-delta', text: 'Yes.' },
      { type: 'text-delta', text: 'Good day' },
    ]);
  });

  it('previews a model without loading it, and another one by its id', async () => {
    expect(await provider.preview()).toEqual({ key: small.path, contextTokens: 8_192, isLoaded: false });
    expect(await provider.withModel(modelIdSchema.parse(big.description.id)).preview()).toMatchObject({
      key: big.path,
      contextTokens: 2_048,
    });
    expect(engine.loads).toEqual([]);
    await provider.contextTokens();
    expect(await provider.preview()).toEqual({ key: small.path, contextTokens: 4_096, isLoaded: true });
  });

  it('loads the current model once, and another when the choice changes', async () => {
    await collect();
    await collect();
    current = { ...small, path: '/models/other.gguf' };
    await collect();
    expect(engine.loads).toEqual(['/models/small.gguf', '/models/other.gguf']);
  });

  // Catches options that are kept, shown, and never used.
  it('loads a model with the options that were set for it', async () => {
    const loads: unknown[] = [];
    const { load } = engine;
    engine.load = async (asked, options) => {
      loads.push(asked);
      return await load(asked, options);
    };
    const loadOptions = async () => ({ contextTokens: 2_048, usesFlashAttention: true });
    const source = { current: async () => small, resolve: async () => small, loadOptions };
    const withOptions = createLocalProvider({ engine, models: source, logger: createRecordingLogger() });
    await withOptions.contextTokens();
    expect(loads).toEqual([{ slot: 'chat', path: small.path, contextTokens: 2_048, usesFlashAttention: true }]);
  });

  it('takes the model of a job unless another one is named', async () => {
    const asked: unknown[] = [];
    const current = async (job?: string) => {
      asked.push(job);
      return job === 'summaries' ? big : small;
    };
    const source = { current, resolve: async () => small };
    const chats = createLocalProvider({ engine, models: source, logger: createRecordingLogger() });
    const summaries = chats.forJob('summaries');
    expect([(await chats.preview()).key, (await summaries.preview()).key]).toEqual([small.path, big.path]);
    const named = summaries.withModel(modelIdSchema.parse(small.description.id));
    expect((await named.preview()).key).toBe(small.path);
    expect(asked).toEqual(['chat', 'summaries']);
  });

  it('tells the model before its loading, the loading, and the context window', async () => {
    const told: unknown[] = [];
    const contextTokens = await provider.contextTokens({
      onModel: ({ modelName }) => told.push(modelName),
      onLoadProgress: (fraction) => told.push(fraction),
    });
    expect(contextTokens).toBe(4_096);
    expect(told).toEqual(['Small', 0.5, 1]);
  });

  it('fails with model/none when there is no model', async () => {
    current = null;
    await expect(collect()).rejects.toMatchObject({ code: 'model/none' });
    await expect(provider.countTokens(['x'], stop.signal)).rejects.toMatchObject({ code: 'model/none' });
  });

  it('counts with the tokeniser of the current model', async () => {
    expect(await provider.countTokens(['one two', ''], stop.signal)).toEqual([2, 0]);
    expect(await provider.countPromptTokens(request.turns, stop.signal)).toBe(17);
    expect(engine.loads).toEqual([small.path]);
  });

  it('ends as stopped and frees the engine when it is aborted', async () => {
    engine.script(['one ', () => new Promise(() => undefined), 'two']);
    const parts = collect();
    await settle();
    expect(engine.active).toBe(1);
    stop.abort();
    expect((await parts).at(-1)).toMatchObject({ type: 'model-end', reason: 'stopped', usage: { outputTokens: 1 } });
    expect(engine.active).toBe(0);
  });

  // A cancel that waits for the next token would hold the engine as long as a prefill takes.
  it('frees the engine when the reader leaves while the engine is busy', async () => {
    engine.script(['one ', () => new Promise(() => undefined), 'two']);
    for await (const part of provider.stream(request, stop.signal)) if (part.type === 'text-delta') break;
    await settle();
    expect(engine.active).toBe(0);
  });

  it('passes an error of the engine on after the text that came before it', async () => {
    engine.script(['one ', new AppError('engine/crashed', 'The engine ended.')]);
    const texts: string[] = [];
    const reading = (async () => {
      for await (const part of provider.stream(request, stop.signal))
        if (part.type === 'text-delta') texts.push(part.text);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'engine/crashed' });
    expect(texts).toEqual(['one ']);
    expect(engine.active).toBe(0);
  });

  it('says that the limit was reached', async () => {
    engine.script(['a ', 'b ', 'c ']);
    const parts = await Array.fromAsync(provider.stream({ ...request, maxTokens: 2 }, stop.signal));
    expect(parts.at(-1)).toMatchObject({ type: 'model-end', reason: 'length' });
  });

  it('refuses options out of range before the engine sees them', async () => {
    const wild = { ...request, sampling: { temperature: 9 } };
    await expect(Array.fromAsync(provider.stream(wild, stop.signal))).rejects.toThrow('temperature');
    expect(engine.requests).toEqual([]);
  });
});

describe('local language model', () => {
  const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const;

  it('generates in one piece, with usage and a warning for what it cannot do', async () => {
    const engine = createFakeEngine();
    engine.script(['Hel', 'lo']);
    const model = createLocalLanguageModel(engine, 'small');
    const result = await model.doGenerate({
      prompt: [{ ...prompt[0], content: [...prompt[0].content] }],
      presencePenalty: 1,
    });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: 'Hello' }],
      finishReason: { unified: 'stop' },
      usage: { inputTokens: { total: 5 }, outputTokens: { total: 2 } },
      warnings: [{ type: 'unsupported', feature: 'presencePenalty' }],
    });
  });

  it('opens and closes one text block, and none for an empty answer', async () => {
    const engine = createFakeEngine();
    engine.script(['a', 'b']);
    engine.script([]);
    const model = createLocalLanguageModel(engine, 'small');
    const types = async () => {
      const { stream } = await model.doStream({ prompt: [{ ...prompt[0], content: [...prompt[0].content] }] });
      return (await Array.fromAsync(stream)).map(({ type }) => type);
    };
    expect(await types()).toEqual(['stream-start', 'text-start', 'text-delta', 'text-delta', 'text-end', 'finish']);
    expect(await types()).toEqual(['stream-start', 'finish']);
  });

  it('refuses what is not text', async () => {
    const model = createLocalLanguageModel(createFakeEngine(), 'small');
    const image = { type: 'file', mediaType: 'image/png', data: { type: 'data', data: '' } } as const;
    await expect(model.doStream({ prompt: [{ role: 'user', content: [image] }] })).rejects.toThrow('file parts');
  });
});
