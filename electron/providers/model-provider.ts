import type { ChatTurn, Priority, Sampling } from '../inference/engine.ts';
import type { Route } from '../shared/route.ts';
import type { Usage } from '../shared/usage.ts';

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

export type ModelPart =
  | { readonly type: 'model-start'; readonly modelName: string; readonly route: Route }
  | { readonly type: 'prefill-progress'; readonly done: number; readonly total: number }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'model-end'; readonly reason: 'complete' | 'length' | 'stopped'; readonly usage: Usage };

/**
 * Local and remote models behind one interface. Services know only this; the AI SDK's types stay inside `providers/`.
 * Throws AppError `model/none` when there is nothing to run, and the engine's and egress's errors.
 */
export interface ModelProvider {
  readonly contextTokens: () => Promise<number>;
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
  countPromptTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number>;
  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
}
