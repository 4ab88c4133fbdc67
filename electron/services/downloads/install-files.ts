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
  const names = parts.map(({ path }) => basename(path));
  const [first = 'model.gguf'] = names;
  if (parts.length === 1) return [basename(freePath(folder, first))];
  // The number stays whole, however long the name is: without it the parts would have one name.
  const stem = safeFileName(first.replace(partSuffix, ''));
  const named = (free: string): readonly string[] => names.map((name) => `${free}${partSuffix.exec(name)?.[0] ?? ''}`);
  const isTaken = (free: string): boolean => named(free).some((name) => existsSync(join(folder, name)));
  let free = stem;
  for (let number = 2; isTaken(free); number += 1) free = `${stem} (${number})`;
  return named(free);
}

/** The names that were written down before; none when one of them has been given to another file since. */
function namesSoFar({ id, parts }: DownloadRecord, folder: DownloadFolder): readonly string[] | null {
  const names = parts.flatMap(({ finalName }) => finalName ?? []);
  const isTaken = names.some(
    (name, index) => existsSync(folder.partPath(id, index)) && existsSync(join(folder.folder, name)),
  );
  return names.length === parts.length && !isTaken ? names : null;
}

/** Where each file is now: still under its hidden name, or already under the one that was written down. */
const sourcesOf = ({ id, parts }: DownloadRecord, folder: DownloadFolder): readonly string[] =>
  parts.map(({ finalName }, index) => {
    const partPath = folder.partPath(id, index);
    return finalName === null || existsSync(partPath) ? partPath : join(folder.folder, finalName);
  });

/**
 * Gives the files of a download their final names. Interrupted at any point, it is gone on with: the names are written
 * down first. Throws `model/*` for what is no model, and then nothing has a final name; `file/not-found` when a file is
 * gone.
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
  const { repository, revision, host, licence } = record;
  const sources = sourcesOf(record, folder);
  const [first = ''] = sources;
  if (record.parts.length === 1) {
    await readGgufDescription(first, options.signal, basename(record.parts[0]?.path ?? ''));
  }
  const known = namesSoFar(record, folder);
  const names = known ?? chooseNames(folder.folder, record);
  const parts = record.parts.map((part, index) => ({ ...part, finalName: names[index] ?? null }));
  if (known === null) await options.save({ ...record, parts });
  // The last part first: a list that is read in between then finds a model without its beginning, which is none.
  for (const [index, name] of [...names.entries()].toReversed()) {
    const [from = '', to] = [sources[index], join(folder.folder, name)];
    if (from !== to) await rename(from, to);
  }
  await syncFolder(folder.folder);
  for (const part of parts) {
    const origin: ModelOrigin = { from: 'hub', repository, revision, path: part.path, host, licence, at: options.now };
    const sha256 = part.writtenSha256 ?? part.sha256 ?? '';
    await options.recordInstalled({ path: join(folder.folder, part.finalName ?? ''), sha256, origin });
  }
}
