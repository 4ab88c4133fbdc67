import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { statModelFile } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { groupSplitFiles, isPartName } from './split-files.ts';

/**
 * The model whose (first) file is at `path`, with what lies beside it where it is split; null when it is not there.
 * `nameOf` gives the name for the index of each file.
 */
export async function modelFileAt(path: string, nameOf: (path: string) => string): Promise<ModelFile | null> {
  const file = await statModelFile(path, nameOf(path));
  if (file === null || !isPartName(basename(path))) return file;
  const names = await readdir(dirname(path)).catch(() => []);
  const partPaths = names.filter((name) => isPartName(name)).map((name) => join(dirname(path), name));
  const parts = await Promise.all(partPaths.toSorted().map((one) => statModelFile(one, nameOf(one))));
  const groups = groupSplitFiles(parts.filter((part) => part !== null));
  return groups.find((group) => (group.parts ?? [group]).some((part) => part.path === path)) ?? file;
}
