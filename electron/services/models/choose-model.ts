import { totalmem } from 'node:os';

/** What matters about a model for the choice. */
export type Candidate = { readonly path: string; readonly sizeBytes: number };

/** A model takes its file's size and something for context and buffers. */
const contextBytes = 384 * 1024 * 1024;

/** Bytes that a model may take without pushing others out of memory, limits of a container included. */
export function availableMemoryBytes(): number {
  // Elsewhere than on Linux the number leaves out what the system would give up when asked.
  return Math.max(process.availableMemory(), process.platform === 'linux' ? 0 : totalmem() / 2);
}

/**
 * The largest model that fits into `freeBytes`, else the smallest, which has the best chance; null without candidates.
 * A model that was chosen before (`previousPath`) stays chosen: while it is loaded the free memory is smaller, and
 * choosing anew would replace it by a smaller one.
 */
export function chooseModel<Model extends Candidate>(
  candidates: readonly Model[],
  freeBytes: number,
  previousPath: string | null,
): Model | null {
  const previous = candidates.find(({ path }) => path === previousPath);
  if (previous !== undefined) return previous;
  const bySize = [...candidates].sort((a, b) => b.sizeBytes - a.sizeBytes);
  return bySize.find(({ sizeBytes }) => sizeBytes + contextBytes <= freeBytes) ?? bySize.at(-1) ?? null;
}
