import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readGgufDescription } from '../../inference/gguf/read-gguf-description.ts';
import { freePath } from '../../platform/free-path.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { ModelOrigin } from '../../shared/model-detail.ts';
import type { InstalledFile } from '../models/models-service.ts';
import type { DownloadFolder } from './download-folder.ts';
import type { DownloadRecord } from './download-record.ts';

const partSuffix = /-\d{5}-of-\d{5}\.gguf$/i;

/** Names in the model folder: the hub's own, made safe; parts of one model keep their numbers and one name. */
function chooseNames(folder: string, { parts }: DownloadRecord): readonly string[] {
  const names = parts.map(({ path }) => safeFileName(basename(path)));
  const [first = 'model.gguf'] = names;
  if (parts.length === 1) return [basename(freePath(folder, first))];
  const isFree = (stem: string): boolean => names.every((name) => !existsSync(join(folder, withStem(name, stem))));
  const stem = first.replace(partSuffix, '');
  let free = stem;
  for (let number = 2; !isFree(free); number += 1) free = `${stem} (${number})`;
  return names.map((name) => withStem(name, free));
}

const withStem = (name: string, stem: string): string => `${stem}${partSuffix.exec(name)?.[0] ?? ''}`;

/**
 * Gives the files of a download their final names. Interrupted at any point, it is gone on with: the names are written
 * down first. Throws `model/*` for what is no model, and then nothing has a final name.
 */
export async function installFiles(
  record: DownloadRecord,
  folder: DownloadFolder,
  options: {
    readonly now: number;
    readonly save: (record: DownloadRecord) => Promise<void>;
    readonly recordInstalled: (file: InstalledFile) => Promise<void>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { id, repository, revision, host, licence } = record;
  const isNamed = record.parts.every(({ finalName }) => finalName !== null);
  if (!isNamed && record.parts.length === 1) {
    await readGgufDescription(folder.partPath(id, 0), options.signal, basename(record.parts[0]?.path ?? ''));
  }
  const names = isNamed ? record.parts.map(({ finalName }) => finalName ?? '') : chooseNames(folder.folder, record);
  const parts = record.parts.map((part, index) => ({ ...part, finalName: names[index] ?? null }));
  if (!isNamed) await options.save({ ...record, parts });
  // The last part first: a list that is read in between then finds a model without its beginning, which is none.
  for (const [index, part] of [...parts.entries()].toReversed()) {
    const path = join(folder.folder, part.finalName ?? '');
    if (existsSync(folder.partPath(id, index))) await rename(folder.partPath(id, index), path);
  }
  await syncFolder(folder.folder);
  for (const part of parts) {
    const origin: ModelOrigin = { from: 'hub', repository, revision, path: part.path, host, licence, at: options.now };
    const sha256 = part.writtenSha256 ?? part.sha256 ?? '';
    await options.recordInstalled({ path: join(folder.folder, part.finalName ?? ''), sha256, origin });
  }
}
