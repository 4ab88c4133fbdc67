import { createId, libraryFileIdSchema } from '../../shared/ids.ts';
import type { StoredSource } from '../../storage/storage.ts';
import { lookAtFile } from './walk-folder.ts';
import type { WalkedFile } from './walk-folder.ts';
import { rulesOf } from './walk-source.ts';
import type { SourceWalkOptions } from './walk-source.ts';

/**
 * Looks at single files of a folder that are said to have changed, so that a file that is written all the time does not
 * make its whole folder be walked through. What is gone is left to the next walk, which can tell where it went.
 * True when there were any.
 */
export async function checkFiles(
  source: StoredSource,
  paths: readonly string[],
  { storage }: Pick<SourceWalkOptions, 'storage'>,
): Promise<boolean> {
  const rules = await rulesOf(source);
  const asked = paths.filter((path) => !rules.ignores(path, false));
  const looks = await Promise.all(asked.map((path) => lookAtFile(source.path, path)));
  const found = looks.filter((file): file is WalkedFile => file !== null);
  const files = found.map(({ path, sizeBytes, modifiedAt, skipped }) => {
    return { id: createId(libraryFileIdSchema), path, sizeBytes, modifiedAt, skipped };
  });
  if (files.length > 0) await storage.libraryFiles.put(source.id, source.collectionId, files);
  return files.length > 0;
}
