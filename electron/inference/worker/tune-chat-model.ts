import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Tuning } from '../protocol/engine-event.ts';
import type { ChatModel } from './chat-model.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { targetBatchMs } from './prefill.ts';
import type { ComputeScheduler, ComputeTurn } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** All of it may take this long, in milliseconds; a model that is too slow for that stays as it is. */
const budgetMs = 3_000;
const windowTokens = 1_024;
const warmUpTokens = 16;
const followUpTokens = 24;
const decodedTokens = 6;
const leastHistoryTokens = 64;
const mostHistoryTokens = 384;
/** Tokens of a usual answer that count beside reading the question: people wait for both. */
const answerTokens = 16;
/** A difference below this share may be noise; then the reading of long texts decides. */
const tieShare = 0.05;

type TuneParts = { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly chat: ChatModel };
type Pace = { readonly historyTokensPerMs: number; readonly followUpMs: number; readonly decodeMs: number };

/**
 * Measures a history, a short follow-up and a few tokens with flash attention and without it, in windows of their own, as
 * background work. Emits null when the model is too slow to tell within the budget.
 */
export async function tuneChatModel({ runtime, scheduler, chat }: TuneParts, work: Work): Promise<void> {
  let tuning: Tuning | null = null;
  await withTurn(scheduler, work, { priority: 'background', phase: () => 'prefill' }, async (turn) => {
    runtime.llama.maxThreads = runtime.tuner.chosen('prefill');
    const without = await measurePace(chat, false, null, { turn, work });
    if (without === null) return;
    const withIt = await measurePace(chat, true, without.historyTokens, { turn, work });
    if (withIt === null) return;
    tuning = chooseTuning({ without, withIt, hasGraphics: chat.model.gpuLayers > 0 });
  });
  work.emit({ type: 'tuned', id: work.id, tuning });
}

/** The quicker of the two for what people wait for, and a batch that is no larger than what is read between two pauses. */
export function chooseTuning(measured: {
  readonly without: Pace;
  readonly withIt: Pace;
  readonly hasGraphics: boolean;
}): Tuning {
  const { without, withIt, hasGraphics } = measured;
  const waitedMs = (pace: Pace): number => pace.followUpMs + answerTokens * pace.decodeMs;
  const ratio = waitedMs(withIt) / waitedMs(without);
  const isTie = Math.abs(1 - ratio) < tieShare;
  const usesFlashAttention = isTie ? withIt.historyTokensPerMs > without.historyTokensPerMs : ratio < 1;
  const { historyTokensPerMs } = usesFlashAttention ? withIt : without;
  const mostTokens = hasGraphics ? 2_048 : 512;
  // Twice what was measured: the machine may have been busy.
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, 2 * targetBatchMs * historyTokensPerMs)));
  return { usesFlashAttention, batchTokens: Math.min(mostTokens, Math.max(128, wanted)) };
}

async function measurePace(
  chat: ChatModel,
  usesFlashAttention: boolean,
  fixedHistoryTokens: number | null,
  { turn, work }: { readonly turn: ComputeTurn; readonly work: Work },
): Promise<(Pace & { readonly historyTokens: number }) | null> {
  const size = Math.min(windowTokens, chat.contextTokens);
  const context = await chat.createContext({ contextTokens: size, usesFlashAttention });
  await using _context = { [Symbol.asyncDispose]: async () => context.dispose() };
  const sequence = context.getSequence();
  const text = sampleTokens(chat, size);
  const read = async (count: number): Promise<number> => {
    await turn.pause();
    enterPhase(work, 'prefill');
    return timed(async () => sequence.evaluateWithoutGeneratingNewTokens(text.splice(0, count)));
  };
  // The first run also pays for memory that is touched for the first time.
  await read(warmUpTokens);
  const tokenMs = (await read(warmUpTokens)) / warmUpTokens;
  const affordable = Math.floor((budgetMs / 3 - followUpTokens * tokenMs) / tokenMs);
  const historyTokens = fixedHistoryTokens ?? Math.min(mostHistoryTokens, size / 2, affordable);
  if (historyTokens < leastHistoryTokens) return null;
  const historyMs = await read(historyTokens);
  const followUpMs = await read(followUpTokens);
  await turn.pause();
  const decodeMs = await timeDecoding(sequence, text.splice(0, 1));
  return { historyTokens, historyTokensPerMs: historyTokens / historyMs, followUpMs, decodeMs };
}

async function timeDecoding(sequence: LlamaContextSequence, first: Token[]): Promise<number> {
  let tokens = 0;
  const elapsedMs = await timed(async () => {
    for await (const _token of sequence.evaluate(first, { temperature: 0, yieldEogToken: true })) {
      tokens += 1;
      if (tokens >= decodedTokens) break;
    }
  });
  return elapsedMs / Math.max(1, tokens);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

function sampleTokens({ model }: ChatModel, count: number): Token[] {
  const once = model.tokenize('The harbour master wrote down every ship that came in before the storm. ', false);
  return Array.from({ length: count }, (_, index) => once[index % once.length]).filter((token) => token !== undefined);
}
