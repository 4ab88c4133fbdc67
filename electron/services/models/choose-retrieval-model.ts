import { AppError } from '../../shared/app-error.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { ModelOnDisk, ModelShelf } from './model-shelf.ts';

/**
 * The embedder with this id where the model folder still has it, else the one that ships with the app. Throws
 * `model/not-found` when the app's own is missing too.
 */
export async function chooseEmbedder(shelf: ModelShelf, id: ModelId | null): Promise<ModelOnDisk> {
  const builtIn = (await shelf.builtIn()).find(({ gguf }) => gguf.kind === 'embedding');
  if (id !== null) {
    const own = builtIn === undefined ? null : await shelf.describe(builtIn);
    if (own?.description.id === id) return own;
    const { usable } = await shelf.headers();
    const embedders = usable.filter(({ gguf }) => gguf.kind === 'embedding');
    const found = await shelf.findById(id, embedders);
    if (found !== null) return found;
  }
  if (builtIn === undefined) throw new AppError('model/not-found', 'The built-in embedder is missing.');
  return shelf.describe(builtIn);
}

/** The smallest reranker of the model folder, because it works while a person waits; null without one. */
export async function chooseReranker(shelf: ModelShelf): Promise<ModelOnDisk | null> {
  const { usable } = await shelf.headers();
  const [smallest] = usable
    .filter(({ gguf }) => gguf.kind === 'reranking')
    .toSorted((a, b) => a.file.sizeBytes - b.file.sizeBytes);
  return smallest === undefined ? null : shelf.describe(smallest);
}
