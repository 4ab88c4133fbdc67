import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { enginePackRecordName, enginePackRecordSchema } from './engine-pack.ts';
import type { EnginePackRecord } from './engine-pack.ts';

/**
 * What libraries lie in a folder; null when there is no record, or one of them is missing or has another size or time than
 * when its digest was checked. A few dozen small questions to the file system.
 *
 * @param folder absolute; holds a folder for each package, and the record
 */
export function readEnginePack(folder: string): EnginePackRecord | null {
  const record = readRecord(folder);
  return record !== null && isAsChecked(folder, record) ? record : null;
}

function readRecord(folder: string): EnginePackRecord | null {
  try {
    const text = readFileSync(join(folder, enginePackRecordName), 'utf8');
    return enginePackRecordSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isAsChecked(folder: string, { packages }: EnginePackRecord): boolean {
  return packages.every(({ name, files }) =>
    files.every(({ path, sizeBytes, mtimeMs }) => {
      const found = statSync(join(folder, name, path), { throwIfNoEntry: false });
      return found?.isFile() === true && found.size === sizeBytes && found.mtimeMs === mtimeMs;
    }),
  );
}
