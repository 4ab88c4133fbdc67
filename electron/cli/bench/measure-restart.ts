import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatTurn, GenerateRequest, LoadRequest, SavedStateFile } from '../../inference/engine.ts';
import type { BenchSurroundings } from './bench-surroundings.ts';
import { historyText } from './history-text.ts';

/** Tokens of history before the follow-up. */
const historyTokens = 2_000;
const answerTokens = 8;

/** Milliseconds from the call to the first text; the model was loaded before either. */
export type RestartPair = {
  readonly coldMs: number;
  readonly followUpMs: number;
  readonly ratio: number;
  readonly reusedTokens: number;
  /** Of the saved state, encrypted. */
  readonly stateBytes: number;
};

/**
 * First text of a follow-up whose conversation an engine process that has just started reads back from its saved state,
 * against that of the conversation's first question. None where this machine has no memory-backed folder.
 */
export async function measureRestart(
  surroundings: BenchSurroundings,
  load: LoadRequest,
  modelId: string,
): Promise<readonly RestartPair[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  try {
    const pairs: RestartPair[] = [];
    for (let index = 1; index <= surroundings.repeats; index += 1) {
      const file = { path: join(folder, `${index}.state`), key: new Uint8Array(randomBytes(32)), modelId };
      const pair = await measurePair(surroundings, load, file, index);
      if (pair === null) return [];
      pairs.push(pair);
    }
    return pairs;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measurePair(
  surroundings: BenchSurroundings,
  load: LoadRequest,
  file: SavedStateFile,
  seed: number,
): Promise<RestartPair | null> {
  const { engine, signal } = surroundings;
  await engine.load(load, { signal });
  const history = await historyText(surroundings, seed + 100, historyTokens);
  const turns: readonly ChatTurn[] = [{ role: 'user', text: `${history}\n\nWhich harbour was named first?` }];
  const conversationKey = `bench-restart-${seed}`;
  const request: GenerateRequest = {
    conversationKey,
    turns,
    sampling: { temperature: 0 },
    maxTokens: answerTokens,
    priority: 'interactive',
  };
  const cold = await timeFirst(surroundings, request);
  const saved = await engine.saveState(conversationKey, file, signal);
  if (saved.status !== 'saved') return null;
  // The process ends with its last model: nothing of the conversation is in memory any more.
  for (const slot of ['chat', 'embedding', 'reranking'] as const) await engine.sleep(slot);
  await engine.load(load, { signal });
  const next: readonly ChatTurn[] = [
    ...turns,
    { role: 'assistant', text: cold.text },
    { role: 'user', text: 'And which one was named last?' },
  ];
  const followUp = await timeFirst(surroundings, { ...request, turns: next, savedState: file });
  return {
    coldMs: cold.firstMs,
    followUpMs: followUp.firstMs,
    ratio: cold.firstMs / followUp.firstMs,
    reusedTokens: followUp.reusedTokens,
    stateBytes: saved.sizeBytes,
  };
}

async function timeFirst({ engine, signal }: BenchSurroundings, request: GenerateRequest) {
  const startedAt = performance.now();
  let [firstMs, text, reusedTokens] = [Number.NaN, '', 0];
  for await (const part of engine.generate(request, signal)) {
    if (part.type === 'text-delta') {
      if (text === '') firstMs = performance.now() - startedAt;
      text += part.text;
    }
    if (part.type === 'generate-end') reusedTokens = part.usage.reusedTokens;
  }
  return { firstMs, text, reusedTokens };
}
