import { isAbsolute, resolve } from 'node:path';
import type { AppClient } from '../../../app/app-client.ts';
import { AppError } from '../../../shared/app-error.ts';
import { closestWord } from '../../../shared/closest-word.ts';
import type { ModelDescription, ModelList } from '../../../shared/model.ts';

/** A model as it was named on the command line: by its id, its name, or its file. */
export function findModel({ models, folder }: ModelList, typed: string): ModelDescription | null {
  const wanted = typed.toLowerCase();
  const path = isAbsolute(typed) || typed.startsWith('.') ? resolve(typed) : null;
  const matches = models.filter(
    ({ id, name, fileName, isBuiltIn, isLinked }) =>
      id === wanted ||
      name.toLowerCase() === wanted ||
      fileName.toLowerCase() === wanted ||
      (path !== null && !isBuiltIn && !isLinked && resolve(folder, fileName) === path),
  );
  const [only] = matches;
  return matches.length === 1 && only !== undefined ? only : (models.find(({ id }) => id === wanted) ?? null);
}

/** Throws `model/outside-folder` for the path of a file that is none of the models, else `model/not-found` with `closest`. */
export async function needModel(client: AppClient, typed: string): Promise<ModelDescription> {
  const list = await client.models.list();
  const found = findModel(list, typed);
  if (found !== null) return found;
  if (isAbsolute(typed) || /[\\/]/.test(typed)) {
    throw new AppError('model/outside-folder', 'The path is none of the models.', { name: typed });
  }
  const closest = closestWord(
    typed,
    list.models.map(({ name }) => name.toLowerCase()),
  );
  throw new AppError('model/not-found', 'No model has this name.', { kind: 'model', name: typed, closest });
}
