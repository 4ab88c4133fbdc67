import { basename, sep } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { FolderSurroundings } from '../../platform/default-folders.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ForeignModel, ForeignProgram } from '../../shared/model-detail.ts';
import { findForeignModels, foreignIdOf } from './foreign/find-foreign-models.ts';
import type { FoundModel } from './foreign/found-model.ts';
import { createModelHeaders } from './model-headers.ts';
import type { ModelIndex } from './model-index.ts';
import { modelName } from './model-name.ts';
import type { ModelShelf } from './model-shelf.ts';

/** What links are made with. */
export type ModelLinksOptions = {
  readonly shelf: ModelShelf;
  readonly index: ModelIndex;
  readonly surroundings: FolderSurroundings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Models that are used where they lie: the file is read, and never written, moved or deleted. */
export interface ModelLinks {
  /** Throws `model/*` for what cannot be used. */
  link(path: string): Promise<void>;
  /** What other programs have, as far as its header says that it can be used. */
  foreign(): Promise<readonly ForeignModel[]>;
  /** Throws `app/not-found`, `model/*`. */
  linkForeign(id: string): Promise<void>;
}

/** Makes links. */
export function createModelLinks({ shelf, index, surroundings, clock, signal }: ModelLinksOptions): ModelLinks {
  const headers = createModelHeaders(signal);

  const add = async (path: string, name: string | null, program: ForeignProgram | null, sha256?: string) => {
    const model = await shelf.atPath(path);
    if (sha256 !== undefined && model.sha256 !== sha256) {
      throw new AppError('model/malformed', 'The file is not what its name says.', {
        name: name ?? model.description.name,
        reason: 'digest',
      });
    }
    const { usable } = await shelf.headers();
    // What is in the model folder is in the list already.
    if (usable.some(({ file, link }) => link === null && file.path === model.path)) return;
    // What was removed or put aside does not come back through a side door.
    if (model.path.startsWith(`${shelf.folder}${sep}.`)) {
      throw new AppError('model/not-found', 'The file was put aside.', { name: basename(path) });
    }
    const shown = name ?? modelName(path, model.gguf.name);
    await index.addLink({ path: model.path, name: shown, program, at: clock.now(), sha256: model.sha256 });
  };

  const found = async (): Promise<readonly FoundModel[]> => {
    const all = await findForeignModels(surroundings);
    const read = await headers.readAll(all.map(({ file }) => file));
    return all.filter((_, at) => read[at]?.status === 'usable');
  };

  return {
    link: async (path) => await add(path, null, null),
    async foreign() {
      const linked = new Set((await index.links()).map(({ path }) => path));
      const models = await found();
      return models.map((model) => {
        const { program, name, file } = model;
        const { path, sizeBytes } = file;
        return { program, name, path, sizeBytes, id: foreignIdOf(model), isLinked: linked.has(path) };
      });
    },
    async linkForeign(id) {
      const model = (await found()).find((one) => foreignIdOf(one) === id);
      if (model === undefined) throw new AppError('app/not-found', 'The model is not there any more.');
      await add(model.file.path, model.name, model.program, model.sha256);
    },
  };
}
