import type { LoadedModel, ModelSlot } from '../../inference/engine.ts';
import type { EngineState } from '../../shared/app-status.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ModelId } from '../../shared/ids.ts';
import { modelIdOf } from './hash-model-file.ts';
import { filesOf } from './model-file.ts';
import type { ModelIndex, ModelLink } from './model-index.ts';
import type { ModelOnDisk, ModelShelf } from './model-shelf.ts';
import type { RemovedModels } from './removed-models.ts';

/** What the engine holds; an InferenceEngine is one. */
export type ModelHolder = {
  readonly state: EngineState;
  loaded(slot: ModelSlot): Pick<LoadedModel, 'path'> | null;
  unload(slot: ModelSlot): Promise<void>;
};

/** What taking out and bringing back works on. */
export type RemoveModelOptions = {
  readonly shelf: ModelShelf;
  readonly index: ModelIndex;
  readonly removed: RemovedModels;
  readonly engine: ModelHolder;
};

const slots: readonly ModelSlot[] = ['chat', 'embedding', 'reranking'];

/** Gives the file free. Throws `model/in-use` while the engine works with it. */
async function letGo({ path, description }: ModelOnDisk, engine: ModelHolder): Promise<void> {
  const loadedIn = slots.filter((slot) => engine.loaded(slot)?.path === path);
  if (loadedIn.length > 0 && engine.state.state === 'busy') {
    throw new AppError('model/in-use', 'The model is working.', { name: description.name });
  }
  for (const slot of loadedIn) await engine.unload(slot);
}

/** Takes models out of the list, and brings them back. */
export function createModelRemoval({ shelf, index, removed, engine }: RemoveModelOptions) {
  // Links have no file of ours that could wait; they are remembered as long as the app runs.
  const removedLinks = new Map<ModelId, readonly ModelLink[]>();

  const removeLinks = async (id: ModelId): Promise<boolean> => {
    const links = (await index.links()).filter(({ sha256 }) => modelIdOf(sha256) === id);
    if (links.length === 0) return false;
    removedLinks.set(id, links);
    for (const { path } of links) await index.removeLink(path);
    return true;
  };

  return {
    /** Throws `model/not-found`, `model/in-use`, `model/built-in`, `disk/*`. */
    async remove(id: ModelId): Promise<void> {
      const models = await shelf.allById(id);
      const builtIn = models.find(({ description }) => description.isBuiltIn);
      if (builtIn !== undefined) {
        throw new AppError('model/built-in', 'The model came with the app.', { name: builtIn.description.name });
      }
      for (const model of models) await letGo(model, engine);
      // Without a model behind it there may still be a link whose file went away.
      const hadLinks = await removeLinks(id);
      const files = models.filter(({ link }) => link === null).map(({ file }) => file);
      if (files.length === 0 && !hadLinks) throw new AppError('model/not-found', 'No model has this id.');
      if (files.length === 0) return;
      await removed.put(id, files, index.entry);
      await index.forget(files.flatMap(filesOf).map(({ name }) => name));
    },
    /** Throws `model/not-found` when it was deleted for good, `disk/*`. */
    async restore(id: ModelId): Promise<void> {
      const links = removedLinks.get(id);
      if (links !== undefined) {
        for (const link of links) await index.addLink(link);
        removedLinks.delete(id);
        if (!(await removed.has(id))) return;
      }
      for (const { path, sha256, origin } of await removed.restore(id)) await shelf.remember(path, sha256, origin);
    },
  };
}
