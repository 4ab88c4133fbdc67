import type { ChatTurn, Priority, Sampling } from '../inference/engine.ts';
import type { ModelId } from '../shared/ids.ts';
import type { ModelJob } from '../shared/model.ts';
import type { Route } from '../shared/route.ts';
import type { Usage } from '../shared/usage.ts';

/** What a model is asked. */
export type ModelRequest = {
  /** Follow-ups with the same key are cheaper where the provider can reuse what it read. */
  readonly conversationKey: string;
  readonly turns: readonly ChatTurn[];
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly priority: Priority;
  readonly stopStrings?: readonly string[];
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
};

/** What a model says: `model-start` first, `model-end` last. */
export type ModelPart =
  | { readonly type: 'model-start'; readonly modelName: string; readonly route: Route }
  | { readonly type: 'prefill-progress'; readonly done: number; readonly total: number }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'model-end'; readonly reason: 'complete' | 'length' | 'stopped'; readonly usage: Usage };

/** What a caller may want to know while a model is made ready. */
export type PrepareOptions = {
  readonly signal?: AbortSignal;
  /** Called once, before a model that is not loaded yet begins to load. */
  readonly onModel?: (model: { readonly modelName: string; readonly route: Route }) => void;
  /** 0 to 1; not called when the model is already there. */
  readonly onLoadProgress?: (fraction: number) => void;
};

/** What is known of the model that would answer now, without making it ready. */
export type ModelPreview = {
  /** Changes with the model: what was counted for one says nothing about another. */
  readonly key: string;
  /** Context window in tokens: the real one where the model is loaded, else what it would probably get. */
  readonly contextTokens: number;
  /** Only a loaded model counts tokens at no cost. */
  readonly isLoaded: boolean;
};

/**
 * Local and remote models behind one interface. Services know only this; the AI SDK's types stay inside `providers/`.
 * Throws AppError `model/none` when there is nothing to run, and the engine's and egress's errors.
 */
export interface ModelProvider {
  /** The same over the model with this id; null, or a model that is not there any more, is the one that the settings name. */
  withModel(id: ModelId | null): ModelProvider;
  /** The same over the model of a job, where no other one is named. */
  forJob(job: ModelJob): ModelProvider;
  /** Loads nothing. Throws `model/none`. */
  preview(): Promise<ModelPreview>;
  /** Makes the model ready, loading it where needed, and tells its context window in tokens. */
  readonly contextTokens: (options?: PrepareOptions) => Promise<number>;
  /** `model-start` first, `model-end` last. Aborting the signal, or leaving the loop, frees the engine. */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
  /** Tokens that a whole message list takes in the model's chat template. */
  countPromptTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number>;
  /** Tokens of each text, without special tokens. */
  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
}
