import type { EngineState } from '../shared/app-status.ts';
import type { Backend, BackendChoice, BackendProblem } from '../shared/machine.ts';
import type { Usage } from '../shared/usage.ts';

/** Interactive work runs before background work, at every batch and token boundary. */
export type Priority = 'interactive' | 'background';

/** One owner of a loaded model each: chat model, embedder and reranker live side by side in the engine process. */
export type ModelSlot = 'chat' | 'embedding' | 'reranking';

export type LoadRequest = {
  readonly slot: ModelSlot;
  /** Absolute path of a GGUF file that passed the pre-validation. */
  readonly path: string;
  /** Tokens; the worker takes less where memory asks for it, and says so in `LoadedModel`. Default 8,192, capped by what the model was trained for. */
  readonly contextTokens?: number;
  /** What shall compute it; the choice for all models when left out or `auto`. */
  readonly backend?: BackendChoice;
  /** Blocks on the graphics processor; as many as fit when left out. */
  readonly graphicsLayers?: number;
  /** Upper bound of threads; the cores when left out. They adapt below it while the model runs. */
  readonly threads?: number;
  /** Decided by a measurement when left out. */
  readonly usesFlashAttention?: boolean;
  /** Default false: weights that are rearranged for the processor would be resident twice. */
  readonly usesMemoryMapping?: boolean;
  /** Prompt tokens evaluated at once, default 512. */
  readonly batchTokens?: number;
  /** Absolute path of a LoRA adapter of the model's architecture, and how strongly it acts (0 to 2). */
  readonly adapter?: { readonly path: string; readonly scale: number };
};

/** Where the state of a conversation lies on the disk, encrypted with a key of its own. */
export type SavedStateFile = {
  /** Absolute. */
  readonly path: string;
  /** 32 random bytes; only this file is encrypted with them. */
  readonly key: Uint8Array;
  /** Id of the chat model; a state of another one is passed over. */
  readonly modelId: string;
};

/**
 * What came of saving a state. `not-possible` is a machine without room in a memory-backed folder: nothing is written in
 * clear. There is nothing to save of conversations below 256 tokens, and of those that no model has in memory.
 */
export type SavedStateResult =
  | { readonly status: 'saved'; readonly tokens: number; readonly sizeBytes: number }
  | { readonly status: 'nothing-to-save' }
  | { readonly status: 'not-possible' };

export type LoadedModel = {
  readonly slot: ModelSlot;
  readonly path: string;
  /** Context window in tokens that was really made. */
  readonly contextTokens: number;
  /** Length of an embedding; null for a chat model. */
  readonly dimensions: number | null;
  readonly isSafeMode: boolean;
  /** What computes it. */
  readonly backend: Backend;
  /** Blocks on the graphics processor, and in all. */
  readonly graphicsLayers: number;
  readonly layers: number;
  /** Why not all of it is on the fastest graphics processor; null when it is, or when there is none. */
  readonly graphicsProblem: BackendProblem | null;
  /** Null where the library decides. */
  readonly usesFlashAttention: boolean | null;
  /** Prompt tokens evaluated at once, at most. */
  readonly batchTokens: number;
  /** What the load added to the resident memory of the engine process, in bytes. */
  readonly memoryBytes: number;
};

/** One turn of a message list; the text is content only, template marks are added by the worker. */
export type ChatTurn = { readonly role: 'system' | 'user' | 'assistant'; readonly text: string };

export type Sampling = {
  /** 0 to 2; 0 takes the most likely token every time. */
  readonly temperature: number;
  /** 1 to 1,000; default 40. */
  readonly topK?: number;
  /** 0 to 1; default 0.95. */
  readonly topP?: number;
  /** 0 to 1; default 0.05. */
  readonly minP?: number;
  /** 1 is none; default 1.1 over the last 64 tokens. */
  readonly repeatPenalty?: number;
  readonly seed?: number;
};

export type GenerateRequest = {
  /** Follow-ups with the same key reuse the evaluated prefix that they share. A conversation's id, or a name for background work. */
  readonly conversationKey: string;
  readonly turns: readonly ChatTurn[];
  /** Read when nothing in memory has the conversation; one that is missing, damaged or of another model is passed over. */
  readonly savedState?: SavedStateFile;
  /** When the last turn is the assistant's, the answer continues it. */
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly priority: Priority;
  /** Generation ends before the first of these strings. */
  readonly stopStrings?: readonly string[];
  /** JSON schema that the answer must follow, as a grammar. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
};

/** What a generation yields; `tokens` is how many the text came from, `prefill-progress` counts prompt tokens. */
export type GeneratePart =
  | { readonly type: 'prefill-progress'; readonly done: number; readonly total: number; readonly reused: number }
  | { readonly type: 'text-delta'; readonly text: string; readonly tokens: number }
  /** What a model thinks before it answers, for models whose template says that they do. */
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly tokens: number }
  | { readonly type: 'generate-end'; readonly reason: 'complete' | 'length' | 'stopped'; readonly usage: Usage };

/** Texts whose probability after a message list is measured; nothing is generated. */
export type MeasureRequest = {
  /** The list as it would be asked; when the last turn is the assistant's, the continuations go on from it. */
  readonly turns: readonly ChatTurn[];
  /** 1 to 64 texts, each measured by itself after the same prompt, which is evaluated once. */
  readonly continuations: readonly string[];
  readonly priority: Priority;
};

/** How likely a model holds a text after a prompt. */
export type MeasuredContinuation = {
  /** Natural logarithm of the probability of each token, in order. */
  readonly logProbabilities: readonly number[];
};

/** What a bare program is given to do. */
export type BareProgram = {
  readonly path: string;
  readonly contextTokens: number;
  readonly batchTokens: number;
  readonly usesFlashAttention: boolean;
  readonly prompt: string;
  readonly maxTokens: number;
};

/** Times and work of one bare loop in the worker, for `sotto bench`. */
export type BareLoopResult = {
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly prefillMs: number;
  readonly decodeTokensPerSecond: number;
};

/**
 * The engine as the rest of the app knows it. Every call waits its turn in the scheduler, ends on its AbortSignal, and
 * throws AppError: `engine/crashed` (partial text was already yielded; the next call starts a fresh process),
 * `engine/timeout`, `engine/gave-up` (crash budget spent), `prompt/too-long` with `promptTokens` and `contextTokens`,
 * `model/*` for files.
 */
export interface InferenceEngine {
  readonly state: EngineState;
  /** Calls back on every change of `state`; returns the way to stop. */
  onState(listener: (state: EngineState) => void): () => void;
  /** What is loaded in a slot, or null. */
  loaded(slot: ModelSlot): LoadedModel | null;
  /**
   * Loads a model unless it is already there; another model in the slot is unloaded first. Survives a crash: the next call
   * loads again. After `engine/gave-up` this is the way to try again, in normal mode.
   */
  load(
    request: LoadRequest,
    options: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
  ): Promise<LoadedModel>;
  /** Takes the model away for good: the slot is empty until the next `load`. */
  unload(slot: ModelSlot): Promise<void>;
  /**
   * Gives the model's memory back until somebody needs it again: the next call loads it anew, with the same options. Does
   * nothing while work runs or waits.
   */
  sleep(slot: ModelSlot): Promise<void>;
  /** Called, and waited for up to five seconds, before a model's memory is given back or another model takes its place. */
  beforeUnload(listener: (slot: ModelSlot) => Promise<void>): () => void;
  /** Token counts of each text, without special tokens, by the tokeniser of the slot's model. */
  countTokens(slot: ModelSlot, texts: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
  /** Tokens that a whole message list takes in the model's chat template. */
  countPromptTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number>;
  /**
   * Yields parts as they come; ends with `generate-end`. Aborting the signal ends it at once with the reason `stopped` and
   * without an error; that, or leaving the loop, also stops the token loop: the engine is free within 500 ms.
   */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GeneratePart>;
  /** Unit-length vectors, one a text, in order. Texts longer than the embedder's window are cut. */
  embed(
    texts: readonly string[],
    options: {
      readonly priority: Priority;
      readonly signal: AbortSignal;
      readonly onProgress?: (done: number) => void;
    },
  ): Promise<readonly Float32Array[]>;
  /**
   * Probabilities of texts after a message list, by the chat model: for decisions ("yes" against "no") and for how well a
   * passage explains a question. Requests in a row that begin alike reuse what they share.
   */
  measure(request: MeasureRequest, signal: AbortSignal): Promise<readonly MeasuredContinuation[]>;
  /** Relevance of texts to a query by the model in the slot `reranking`, 0 to 1, in the order of the texts. Throws `model/none` when none is loaded. */
  rerank(
    query: string,
    texts: readonly string[],
    options: { readonly priority: Priority; readonly signal: AbortSignal },
  ): Promise<readonly number[]>;
  /**
   * Writes what the chat model has evaluated of a conversation, encrypted, under a temporary name and then its own. In
   * clear it exists in memory only.
   */
  saveState(conversationKey: string, file: SavedStateFile, signal: AbortSignal): Promise<SavedStateResult>;
  /** Runs a bare `sequence.evaluate` loop inside the worker, for comparison. */
  bareLoop(
    request: { readonly turns: readonly ChatTurn[]; readonly maxTokens: number; readonly threads?: number },
    signal: AbortSignal,
  ): Promise<BareLoopResult>;
  /** Embeds with the library's own embedder inside the worker, for comparison; how long that took, in milliseconds. */
  bareEmbedding(
    texts: readonly string[],
    signal: AbortSignal,
    threads?: number,
  ): Promise<{ readonly elapsedMs: number }>;
  /** The most resident memory that the process in which the slot's model is ever had, in bytes. */
  peakMemoryBytes(slot: ModelSlot, signal: AbortSignal): Promise<number>;
  /** The same of a process that runs a model as a program of a few lines would, for comparison. */
  barePeakMemoryBytes(program: BareProgram, signal: AbortSignal): Promise<number>;
  /** Ends the process, letting no work begin; resolves when it is gone. */
  close(): Promise<void>;
}
