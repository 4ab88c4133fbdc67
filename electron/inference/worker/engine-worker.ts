import type { LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { EngineWork, LoadCommand, WorkerSetup } from '../protocol/engine-command.ts';
import type { EngineEvent, EngineWorkEvent, LoadedModelEvent } from '../protocol/engine-event.ts';
import type { ChatModel } from './chat-model.ts';
import { defaultContextTokens, loadChatModel } from './chat-model.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { embedTexts, loadEmbeddingModel, mostEmbeddingTokens } from './embedding-model.ts';
import { describeDevices } from './describe-devices.ts';
import { generateAnswer } from './generate-answer.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { createLlamaRuntime, withThreads } from './llama-runtime.ts';
import type { LoadOptions } from './load-options.ts';
import { loadKey } from './load-options.ts';
import { measureBareEmbedding } from './measure-bare-embedding.ts';
import { measureBareLoop } from './measure-bare-loop.ts';
import { measureContinuations } from './measure-continuations.ts';
import { ModelSlot } from './model-slot.ts';
import type { RerankingModel } from './reranking-model.ts';
import { loadRerankingModel, mostRerankingTokens, rankTexts } from './reranking-model.ts';
import { saveState } from './saved-state/save-state.ts';
import { emitPeakMemory, runBareProgram } from './run-bare-program.ts';
import { ComputeScheduler } from './scheduler.ts';
import { tuneChatModel } from './tune-chat-model.ts';
import type { Work } from './work.ts';
import { enterPhase } from './work.ts';

type Running = { readonly controller: AbortController; readonly ended: Promise<void> };

/** Serves the commands of the app inside the engine process. */
export class EngineWorker {
  readonly #setup: WorkerSetup;
  readonly #emit: (event: EngineEvent) => void;
  readonly #scheduler = new ComputeScheduler(() => performance.now());
  readonly #chat = new ModelSlot<ChatModel>();
  readonly #embedding = new ModelSlot<EmbeddingModel>();
  readonly #reranking = new ModelSlot<RerankingModel>();
  readonly #slots = { chat: this.#chat, embedding: this.#embedding, reranking: this.#reranking } as const;
  readonly #running = new Map<number, Running>();
  #runtime: Promise<LlamaRuntime> | null = null;

  constructor(setup: WorkerSetup, emit: (event: EngineEvent) => void) {
    this.#setup = setup;
    this.#emit = emit;
  }

  /** Begins to serve a command; its events follow, the last of them final. */
  begin(command: EngineWork): void {
    const controller = new AbortController();
    const work: Work = {
      id: command.id,
      signal: controller.signal,
      receivedAtMs: performance.now(),
      emit: (event: EngineWorkEvent) => this.#emit(event),
    };
    this.#running.set(command.id, { controller, ended: this.#serve(command, work) });
  }

  /** Ends a command at its next batch or token. Unknown ids are ignored: the command has just ended. */
  abort(id: number): void {
    this.#running.get(id)?.controller.abort();
  }

  /** Ends everything and frees the models. */
  async close(): Promise<void> {
    for (const { controller } of this.#running.values()) controller.abort();
    await Promise.all([...this.#running.values()].map(async ({ ended }) => ended));
    const never = new AbortController().signal;
    await this.#chat.empty(never);
    await this.#embedding.empty(never);
    await this.#reranking.empty(never);
  }

  /** Gives back memory that idle work holds. */
  async trim(): Promise<void> {
    await this.#chat.model?.lanes.trim();
    await this.#chat.model?.measuring.trim();
  }

  async #serve(command: EngineWork, work: Work): Promise<void> {
    enterPhase(work, 'queued');
    try {
      await this.#perform(command, work);
    } catch (error) {
      if (work.signal.aborted) work.emit({ type: 'aborted', id: work.id });
      else work.emit({ type: 'failed', id: work.id, error: failureOf(error).toData() });
    } finally {
      this.#running.delete(work.id);
    }
  }

  async #perform(command: EngineWork, work: Work): Promise<void> {
    switch (command.type) {
      case 'load':
        await this.#load(command, work);
        return;
      case 'unload':
        await this.#slots[command.slot].empty(work.signal);
        work.emit({ type: 'done', id: work.id });
        return;
      case 'bare-program':
        await runBareProgram(this.#setup, command);
        emitPeakMemory(work);
        return;
      case 'peak-memory':
        emitPeakMemory(work);
        return;
      case 'describe-devices':
        work.emit({ type: 'devices', id: work.id, found: await describeDevices(this.#setup) });
        return;
      case 'tune':
        await this.#withChat(work, async (parts, own) => tuneChatModel(parts, own));
        return;
      case 'count-tokens':
      case 'count-prompt-tokens':
        work.emit({ type: 'token-counts', id: work.id, counts: this.#count(command) });
        return;
      case 'generate':
        await this.#withChat(work, async (parts, own) => generateAnswer(parts, command, own));
        return;
      case 'save-state':
        if (this.#chat.model === null)
          work.emit({ type: 'state-saved', id: work.id, outcome: { status: 'nothing-to-save' } });
        else await this.#withChat(work, async ({ chat }, own) => saveState(chat, command, own));
        return;
      case 'measure':
        await this.#withChat(work, async (parts, own) => measureContinuations(parts, command, own));
        return;
      case 'rerank':
        await this.#reranking.borrow(work.signal, noModel, async (reranker, signal) => {
          const { runtime } = reranker;
          await rankTexts({ runtime, scheduler: this.#scheduler, reranker }, command, { ...work, signal });
        });
        return;
      case 'bare-loop':
        await this.#withChat(work, async (parts, own) => measureBareLoop(parts, command, own));
        return;
      case 'embed':
      case 'bare-embedding':
        await this.#embedding.borrow(work.signal, noModel, async (embedder, signal) => {
          const parts = { runtime: embedder.runtime, scheduler: this.#scheduler, embedder };
          if (command.type === 'embed') await embedTexts(parts, command, { ...work, signal });
          else await measureBareEmbedding(parts, command, { ...work, signal });
        });
        return;
      default:
        assertNever(command);
    }
  }

  #count(command: Extract<EngineWork, { readonly type: 'count-tokens' | 'count-prompt-tokens' }>): readonly number[] {
    if (command.type === 'count-prompt-tokens') {
      const chat = this.#chat.model;
      if (chat === null) throw noModel();
      return [chat.prompts.write(command.turns).length];
    }
    const model = this.#slots[command.slot].model?.model;
    if (model === undefined) throw noModel();
    return command.texts.map((text) => model.tokenize(text, false).length);
  }

  async #withChat(
    work: Work,
    serve: (
      parts: { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly chat: ChatModel },
      work: Work,
    ) => Promise<void>,
  ): Promise<void> {
    await this.#chat.borrow(work.signal, noModel, async (chat, signal) => {
      await serve({ runtime: chat.runtime, scheduler: this.#scheduler, chat }, { ...work, signal });
    });
  }

  async #load(command: LoadCommand, work: Work): Promise<void> {
    enterPhase(work, 'load');
    const runtime = await this.#runtimeOnce();
    let shown = 0;
    const options = {
      signal: work.signal,
      onProgress: (fraction: number): void => {
        // The library reports every tensor; a hundredth is what can be seen.
        if (fraction < 1 && fraction - shown < 0.01) return;
        shown = fraction;
        work.emit({ type: 'load-progress', id: work.id, fraction: Math.min(1, Math.max(0, fraction)) });
      },
    };
    const { safeModeContextTokens } = this.#setup;
    const { type: _type, id: _id, slot, ...asked } = command;
    const wanted = command.contextTokens ?? usualContextTokens[slot];
    const request: LoadOptions = { ...asked, contextTokens: Math.min(wanted, safeModeContextTokens ?? wanted) };
    const key = loadKey(request);
    const willDo = (inside: { readonly key: string }): boolean => inside.key === key;
    const own = withThreads(runtime, command.threads);
    const residentBytes = process.memoryUsage.rss();
    const loaded = (made: Loaded, dimensions: number | null): void =>
      work.emit({
        type: 'loaded',
        id: work.id,
        model: {
          slot,
          path: command.path,
          contextTokens: made.contextTokens,
          dimensions,
          isSafeMode: safeModeContextTokens !== null,
          ...placeOf(runtime, made.model),
          usesFlashAttention: made.usesFlashAttention,
          batchTokens: made.batchTokens,
          memoryBytes: Math.max(0, process.memoryUsage.rss() - residentBytes),
        },
      });
    const { signal } = work;
    switch (slot) {
      case 'chat':
        loaded(await this.#chat.fill(signal, willDo, async () => loadChatModel(own, request, options)), null);
        return;
      case 'embedding': {
        const load = async (): Promise<EmbeddingModel> => loadEmbeddingModel(own, request, options);
        const model = await this.#embedding.fill(signal, willDo, load);
        loaded(model, model.dimensions);
        return;
      }
      case 'reranking': {
        const load = async (): Promise<RerankingModel> => loadRerankingModel(own, request, options);
        loaded(await this.#reranking.fill(signal, willDo, load), null);
        return;
      }
      default:
        assertNever(slot);
    }
  }

  async #runtimeOnce(): Promise<LlamaRuntime> {
    this.#runtime ??= createLlamaRuntime(this.#setup);
    return this.#runtime;
  }
}

/** Windows where a load names none, in tokens. */
const usualContextTokens = {
  chat: defaultContextTokens,
  embedding: mostEmbeddingTokens,
  reranking: mostRerankingTokens,
} as const;

type Loaded = Pick<LoadedModelEvent['model'], 'contextTokens' | 'usesFlashAttention' | 'batchTokens'> & {
  readonly model: LlamaModel;
};

/** What computes a loaded model: a graphics processor that none of its layers fit on computes nothing. */
function placeOf(
  { llama }: LlamaRuntime,
  { gpuLayers, fileInsights }: LlamaModel,
): Pick<LoadedModelEvent['model'], 'backend' | 'graphicsLayers' | 'layers'> {
  const graphicsLayers = Math.min(gpuLayers, fileInsights.totalLayers);
  const backend = llama.gpu === false || graphicsLayers === 0 ? 'cpu' : llama.gpu;
  return { backend, graphicsLayers, layers: fileInsights.totalLayers };
}

function noModel(): AppError {
  return new AppError('model/none', 'no model is loaded for this');
}

/** A model that was taken away ends its work like a missing one. */
function failureOf(error: unknown): AppError {
  if (error instanceof Error && error.name === 'AbortError') return noModel();
  if (AppError.isInstance(error)) return error;
  // The library's messages may quote what they were working on, so only the kind of the error is passed on.
  return new AppError(
    'app/unexpected',
    `the engine failed: ${error instanceof Error ? error.name : typeof error}`,
    {},
    { cause: error },
  );
}
