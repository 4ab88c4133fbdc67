import type { BareEmbeddingCommand } from '../protocol/engine-command.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { createEmbeddingContext, tokensWithinWindow } from './embedding-model.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { ComputeScheduler } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/**
 * Times the library's own embedder in a fresh context with the same options: one text after the other, nobody let in
 * between, and the number of threads fixed, at what embedding uses at the moment unless it is named.
 */
export async function measureBareEmbedding(
  parts: { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly embedder: EmbeddingModel },
  command: BareEmbeddingCommand,
  work: Work,
): Promise<void> {
  const { runtime, embedder } = parts;
  await withTurn(parts.scheduler, work, { priority: 'interactive', phase: () => 'embed' }, async () => {
    const context = await createEmbeddingContext(runtime, embedder.model, embedder.contextTokens, work.signal);
    await using _context = { [Symbol.asyncDispose]: async () => context.dispose() };
    runtime.llama.maxThreads = command.threads ?? runtime.tuner.chosen('embed');
    const startedAtMs = performance.now();
    for (const text of command.texts) {
      await context.getEmbeddingFor(tokensWithinWindow(embedder, text));
      work.signal.throwIfAborted();
      enterPhase(work, 'embed');
    }
    const elapsedMs = performance.now() - startedAtMs;
    work.emit({ type: 'bare-embedding-end', id: work.id, elapsedMs });
  });
}
