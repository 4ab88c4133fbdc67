import type { LoadCommand } from '../protocol/engine-command.ts';

/** What a model is loaded with: all of a load command but whom it is for. */
export type LoadOptions = Omit<LoadCommand, 'type' | 'id' | 'slot' | 'contextTokens'> & {
  /** Window in tokens that is asked for. */
  readonly contextTokens: number;
};

/** Equal for loads that make the same model: one that is there serves them. */
export function loadKey(options: LoadOptions): string {
  const { path, contextTokens, graphicsLayers, threads, adapter } = options;
  const { usesFlashAttention, usesMemoryMapping, batchTokens } = options;
  const adapted = adapter === undefined ? null : [adapter.path, adapter.scale];
  const values = [path, contextTokens, graphicsLayers, threads, usesFlashAttention, usesMemoryMapping, batchTokens];
  return JSON.stringify([...values.map((value) => value ?? null), adapted]);
}
