import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../shared/app-error.ts';
import { createRealEngine, readAnswer, starterModelPath } from '../testing/real-engine.ts';
import type { RealEngine } from '../testing/real-engine.ts';
import { buildTinyAdapter } from '../testing/tiny-adapter.ts';
import type { LoadRequest } from './engine.ts';

const never = new AbortController().signal;
const model: LoadRequest = { slot: 'chat', path: starterModelPath, contextTokens: 512 };

describe('engine with an adapter', () => {
  let real: RealEngine;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-adapter-'));
    await writeFile(join(folder, 'tiny.gguf'), buildTinyAdapter());
    await writeFile(join(folder, 'other.gguf'), buildTinyAdapter({ architecture: 'qwen2' }));
    real = createRealEngine();
  });
  afterAll(async () => {
    await real.engine.close();
    await rm(folder, { recursive: true });
  });

  const answerWith = async (adapter?: LoadRequest['adapter']): Promise<string> => {
    await real.engine.load({ ...model, ...(adapter === undefined ? {} : { adapter }) }, { signal: never });
    const turns = [{ role: 'user', text: 'What is the capital of France?' }] as const;
    const { text, error } = await readAnswer(real.engine, { turns, maxTokens: 12 });
    if (error !== null) throw AppError.from(error);
    return text;
  };

  // Catches an adapter that is loaded and does nothing, and one that stays behind when it is taken away.
  it('answers otherwise with it, and as before with a scale of nothing or without it', async () => {
    const path = join(folder, 'tiny.gguf');
    const plain = await answerWith();
    expect(plain).toContain('Paris');
    expect(await answerWith({ path, scale: 1 })).not.toBe(plain);
    expect(await answerWith({ path, scale: 0 })).toBe(plain);
    expect(await answerWith()).toBe(plain);
  });

  it('refuses one for another kind of model, and files that are none, before the process hears of them', async () => {
    const refused = async (path: string): Promise<unknown> =>
      await answerWith({ path, scale: 1 }).catch((error: unknown) => error);
    expect(await refused(join(folder, 'other.gguf'))).toMatchObject({
      code: 'model/other-architecture',
      details: { architecture: 'llama', adapterArchitecture: 'qwen2' },
    });
    expect(await refused(starterModelPath)).toMatchObject({ code: 'model/wrong-kind' });
    expect(await refused(join(folder, 'missing.gguf'))).toMatchObject({ code: 'file/not-found' });
    expect(await answerWith()).toContain('Paris');
  });
});
