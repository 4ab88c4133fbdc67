import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { LlamaModel } from 'node-llama-cpp';
import type { LlamaRuntime } from '../llama-runtime.ts';
import type { LoadOptions } from '../load-options.ts';

/** What a state of a loaded model may be loaded into, beside the model's own id. */
export type StateIdentity = { readonly options: string; readonly library: string };

/**
 * Differs where the numbers of a state would mean something else, or the library could not read them: the files of model
 * and adapter, how strongly that acts, what computes the blocks, flash attention, the versions of the library. The size of
 * the window is not part of it, as long as the state fits.
 */
export async function stateIdentity(
  { runtime, model, request }: { runtime: LlamaRuntime; model: LlamaModel; request: LoadOptions },
  usesFlashAttention: boolean,
): Promise<StateIdentity> {
  const { adapter, path } = request;
  const facts = [
    await fileFacts(path),
    adapter === undefined ? null : [await fileFacts(adapter.path), adapter.scale],
    runtime.llama.gpu,
    model.gpuLayers,
    usesFlashAttention,
  ];
  const { release } = runtime.llama.llamaCppRelease;
  return {
    options: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
    library: `${await runtime.library.getModuleVersion()} ${release}`,
  };
}

/** A file that was replaced under its name is another one. */
async function fileFacts(path: string): Promise<readonly number[]> {
  const { size, mtimeMs } = await stat(path);
  return [size, mtimeMs];
}
