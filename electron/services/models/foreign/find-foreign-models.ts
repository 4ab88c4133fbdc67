import { createHash } from 'node:crypto';
import type { FolderSurroundings } from '../../../platform/default-folders.ts';
import { findGpt4allModels } from './gpt4all-models.ts';
import type { FoundModel } from './found-model.ts';
import { findJanModels } from './jan-models.ts';
import { findLmStudioModels } from './lm-studio-models.ts';
import { findOllamaModels } from './ollama-models.ts';

/** Opaque name of a found file, the same as long as it lies where it is. */
export function foreignIdOf({ program, file }: FoundModel): string {
  return createHash('sha256').update(`${program}\n${file.path}`).digest('hex').slice(0, 32);
}

/** Files of all four programs, each path once; a program that is not there, or whose files are damaged, has none. */
export async function findForeignModels(surroundings: FolderSurroundings): Promise<readonly FoundModel[]> {
  const finders = [findOllamaModels, findLmStudioModels, findJanModels, findGpt4allModels];
  const found = await Promise.all(finders.map((find) => find(surroundings).catch(() => [])));
  return [...new Map(found.flat().map((one) => [one.file.path, one])).values()];
}
