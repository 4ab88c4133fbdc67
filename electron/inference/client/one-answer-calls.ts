import { AppError } from '../../shared/app-error.ts';
import type {
  BareLoopResult,
  ChatTurn,
  InferenceEngine,
  MeasuredContinuation,
  MeasureRequest,
  ModelSlot,
  Priority,
} from '../engine.ts';
import type { EngineWorkEvent } from '../protocol/engine-event.ts';
import { bareEmbeddingOf, bareLoopOf, continuationsOf, countsOf, peakMemoryOf, relevancesOf } from './engine-answer.ts';
import type { WorkRequest } from './engine-session.ts';

/** Continuations of one measurement at most. */
const mostContinuations = 64;

/** The calls whose whole answer is one event. */
export abstract class OneAnswerCalls implements Pick<
  InferenceEngine,
  'countTokens' | 'countPromptTokens' | 'measure' | 'rerank' | 'bareLoop' | 'bareEmbedding' | 'peakMemoryBytes'
> {
  /** Gives a command to a process in which the slot's model is loaded. */
  protected abstract ask(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent>;
  /** The same for work that takes a while: the engine counts as busy, and its completion as a sign of health. */
  protected abstract askForWork(slot: ModelSlot, request: WorkRequest, signal: AbortSignal): Promise<EngineWorkEvent>;

  async countTokens(slot: ModelSlot, texts: readonly string[], signal: AbortSignal): Promise<readonly number[]> {
    return countsOf(await this.ask(slot, { type: 'count-tokens', slot, texts }, signal));
  }

  async countPromptTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number> {
    return countsOf(await this.ask('chat', { type: 'count-prompt-tokens', turns }, signal))[0] ?? 0;
  }

  async measure(request: MeasureRequest, signal: AbortSignal): Promise<readonly MeasuredContinuation[]> {
    const { length } = request.continuations;
    if (length < 1 || length > mostContinuations) {
      throw new AppError('app/invalid-input', 'a measurement takes 1 to 64 continuations', { continuations: length });
    }
    return continuationsOf(await this.askForWork('chat', { type: 'measure', ...request }, signal));
  }

  async rerank(
    query: string,
    texts: readonly string[],
    { priority, signal }: { readonly priority: Priority; readonly signal: AbortSignal },
  ): Promise<readonly number[]> {
    if (texts.length === 0) return [];
    return relevancesOf(await this.askForWork('reranking', { type: 'rerank', query, texts, priority }, signal));
  }

  async bareLoop(
    request: { readonly turns: readonly ChatTurn[]; readonly maxTokens: number; readonly threads?: number },
    signal: AbortSignal,
  ): Promise<BareLoopResult> {
    return bareLoopOf(await this.askForWork('chat', { type: 'bare-loop', ...request }, signal));
  }

  async bareEmbedding(
    texts: readonly string[],
    signal: AbortSignal,
    threads?: number,
  ): Promise<{ readonly elapsedMs: number }> {
    const request: WorkRequest = { type: 'bare-embedding', texts, ...(threads === undefined ? {} : { threads }) };
    return bareEmbeddingOf(await this.askForWork('embedding', request, signal));
  }

  async peakMemoryBytes(slot: ModelSlot, signal: AbortSignal): Promise<number> {
    return peakMemoryOf(await this.ask(slot, { type: 'peak-memory' }, signal));
  }
}
