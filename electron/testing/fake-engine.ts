import type {
  ChatTurn,
  GeneratePart,
  GenerateRequest,
  InferenceEngine,
  LoadedModel,
  LoadRequest,
  MeasureRequest,
  ModelSlot,
} from '../inference/engine.ts';
import type { EngineState } from '../shared/app-status.ts';
import { AppError } from '../shared/app-error.ts';
import type { Usage } from '../shared/usage.ts';

/** Words a generation says, one token each; an error among them is thrown there, a function is awaited there. */
export type FakeScript = readonly (string | Error | (() => Promise<void>))[];

/** An engine without weights: one word is one token, and answers are scripts. */
export interface FakeEngine extends InferenceEngine {
  /** Requests of `generate`, in order. */
  readonly requests: readonly GenerateRequest[];
  /** Requests of `measure`, in order. */
  readonly measurements: readonly MeasureRequest[];
  /** Generations that began and have not ended. */
  readonly active: number;
  /** Paths that were really loaded, in order. */
  readonly loads: readonly string[];
  /** The next generation says this; without a script it says "ok". */
  script(script: FakeScript): void;
  setState(state: EngineState): void;
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const countTurns = (turns: readonly ChatTurn[]): number =>
  // Four tokens around each turn, as a chat template has.
  turns.reduce((sum, { text }) => sum + countWords(text) + 4, 0);

/** Vectors of the fake embedder have this many dimensions: words hashed to places, so equal words are near. */
const dimensions = 384;

function embedWords(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const place = Buffer.from(word).reduce((hash, byte) => (hash * 31 + byte) % dimensions, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** A word that the turns have is likely, another one is not: nothing more is asked of a fake. */
function measureWords({ turns, continuations }: MeasureRequest): readonly { readonly logProbabilities: number[] }[] {
  const known = new Set(turns.flatMap(({ text }) => wordsOf(text)));
  return continuations.map((text) => ({
    logProbabilities: wordsOf(text).map((word) => (known.has(word) ? -0.5 : -8)),
  }));
}

function shareOfWords(query: string, text: string): number {
  const wanted = wordsOf(query);
  const there = new Set(wordsOf(text));
  return wanted.length === 0 ? 0 : wanted.filter((word) => there.has(word)).length / wanted.length;
}

/** `contextTokens` is the window of its chat model; default 8,192. */
export function createFakeEngine({ contextTokens = 8_192 }: { readonly contextTokens?: number } = {}): FakeEngine {
  const scripts: FakeScript[] = [];
  const requests: GenerateRequest[] = [];
  const measurements: MeasureRequest[] = [];
  const loads: string[] = [];
  const slots = new Map<ModelSlot, LoadedModel>();
  const listeners = new Set<(state: EngineState) => void>();
  let state: EngineState = { state: 'stopped' };
  let active = 0;

  const setState = (next: EngineState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  async function* generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GeneratePart, void, void> {
    requests.push(request);
    const inputTokens = countTurns(request.turns);
    if (inputTokens > contextTokens) {
      throw new AppError('prompt/too-long', 'The prompt is longer than the context.', {
        promptTokens: inputTokens,
        contextTokens,
      });
    }
    active += 1;
    let outputTokens = 0;
    const usage = (): Usage => ({
      inputTokens,
      reusedTokens: 0,
      outputTokens,
      timeToFirstTokenMs: 1,
      tokensPerSecond: 60,
    });
    try {
      yield { type: 'prefill-progress', done: inputTokens, total: inputTokens, reused: 0 };
      for (const step of scripts.shift() ?? ['ok']) {
        if (typeof step === 'function') await Promise.race([step(), aborted(signal)]);
        if (signal.aborted) return yield { type: 'generate-end', reason: 'stopped', usage: usage() };
        if (step instanceof Error) throw step;
        if (typeof step !== 'string') continue;
        if (outputTokens === request.maxTokens) return yield { type: 'generate-end', reason: 'length', usage: usage() };
        outputTokens += 1;
        yield { type: 'text-delta', text: step, tokens: 1 };
      }
      yield { type: 'generate-end', reason: 'complete', usage: usage() };
    } finally {
      active -= 1;
    }
  }

  const load = async ({ slot, path }: LoadRequest, onProgress?: (fraction: number) => void): Promise<LoadedModel> => {
    const there = slots.get(slot);
    if (there?.path === path) return there;
    loads.push(path);
    onProgress?.(0.5);
    onProgress?.(1);
    const loaded: LoadedModel = {
      slot,
      path,
      contextTokens,
      dimensions: slot === 'embedding' ? dimensions : null,
      isSafeMode: false,
      backend: 'cpu',
      graphicsLayers: 0,
      layers: 30,
      graphicsProblem: null,
      usesFlashAttention: false,
      batchTokens: 512,
      memoryBytes: 100_000_000,
    };
    slots.set(slot, loaded);
    setState({ state: 'ready', isSafeMode: false });
    return loaded;
  };

  return {
    requests,
    measurements,
    loads,
    get active() {
      return active;
    },
    get state() {
      return state;
    },
    setState,
    script: (script) => void scripts.push(script),
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    loaded: (slot) => slots.get(slot) ?? null,
    load: (request, { signal, onProgress }) => {
      signal.throwIfAborted();
      return load(request, onProgress);
    },
    unload: async (slot) => void slots.delete(slot),
    sleep: async (slot) => void slots.delete(slot),
    beforeUnload: () => () => undefined,
    countTokens: async (_slot, texts) => texts.map(countWords),
    countPromptTokens: async (turns) => countTurns(turns),
    generate,
    embed: async (texts) => texts.map(embedWords),
    measure: async (request, signal) => {
      signal.throwIfAborted();
      measurements.push(request);
      return measureWords(request);
    },
    rerank: async (query, texts) => {
      if (!slots.has('reranking')) throw new AppError('model/none', 'no model is loaded for this');
      return texts.map((text) => shareOfWords(query, text));
    },
    saveState: async () => ({ status: 'nothing-to-save' }),
    bareLoop: async () => ({ promptTokens: 1, outputTokens: 1, prefillMs: 1, decodeTokensPerSecond: 60 }),
    bareEmbedding: async () => ({ elapsedMs: 1 }),
    peakMemoryBytes: async () => 100_000_000,
    barePeakMemoryBytes: async () => 100_000_000,
    close: async () => setState({ state: 'stopped' }),
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
