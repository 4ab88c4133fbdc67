import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readGgufDescription } from '../../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../../platform/clock.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { RunWork, RunWriter } from '../runs/runs-service.ts';
import { checkRoom, copyModel, toDiskError } from './copy-model.ts';
import type { OpenForWriting } from './copy-model.ts';
import { hashModelFile } from './hash-model-file.ts';
import type { ModelShelf } from './model-shelf.ts';

/** A file whose header was checked. */
export type ModelSource = {
  /** Absolute. */
  readonly path: string;
  /** As the user knows it. */
  readonly fileName: string;
  readonly modelName: string;
  /** As the check found it. */
  readonly sizeBytes: number;
};

/** What an import needs. */
export type ImportOptions = {
  readonly shelf: ModelShelf;
  readonly clock: Clock;
  readonly openForWriting?: OpenForWriting;
};

const partPrefix = '.sotto-import-';
/** A copy that is alive writes more often than this. */
const abandonedMs = 60 * 60 * 1_000;
const progressMs = 100;

async function prepareFolder(folder: string, now: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw toDiskError(error);
  }
  for (const name of await readdir(folder)) {
    if (!name.startsWith(partPrefix)) continue;
    const path = join(folder, name);
    const modifiedMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - modifiedMs > abandonedMs) await rm(path, { force: true });
  }
}

/** The name in the folder, with a number when it is taken by another model. */
function freePath(folder: string, name: string): string {
  const safe = safeFileName(name);
  const stem = safe.replace(/\.gguf$/i, '');
  let path = join(folder, `${stem}.gguf`);
  for (let number = 2; existsSync(path); number += 1) path = join(folder, `${stem} (${number}).gguf`);
  return path;
}

/** Reports at most ten times a second, with an estimate of the time left. */
function createProgress(writer: RunWriter, phase: 'reading' | 'copying', total: number, clock: Clock) {
  const startedMs = clock.monotonicMs();
  let reportedMs = -progressMs;
  return (done: number): void => {
    const elapsedMs = clock.monotonicMs() - startedMs;
    if (done < total && elapsedMs - reportedMs < progressMs) return;
    reportedMs = elapsedMs;
    const remainingMs = elapsedMs < 500 ? null : (elapsedMs / done) * (total - done);
    writer.write({ type: 'progress', phase, done, total, remainingMs });
  };
}

async function store(
  source: ModelSource,
  writer: RunWriter,
  signal: AbortSignal,
  options: ImportOptions,
): Promise<void> {
  const { shelf, clock, openForWriting } = options;
  const { path: from, sizeBytes } = source;
  const part = join(shelf.folder, `${partPrefix}${writer.runId}.part`);
  try {
    await checkRoom(shelf.folder, sizeBytes);
    const onProgress = createProgress(writer, 'copying', sizeBytes, clock);
    const copy = { from, to: part, sizeBytes, signal, onProgress };
    const digest = await copyModel(openForWriting === undefined ? copy : { ...copy, openForWriting });
    // The source may have changed since its header was checked.
    await readGgufDescription(part, signal, source.fileName);
    const path = freePath(shelf.folder, source.fileName);
    await rename(part, path);
    await shelf.remember(path, digest);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The work of an import: copies the file unless the folder has its content already. */
export function importModel(source: ModelSource, options: ImportOptions): RunWork {
  const { shelf, clock } = options;
  return async (writer, signal) => {
    writer.write({ type: 'run-start', runId: writer.runId, modelName: source.modelName, route: null });
    await prepareFolder(shelf.folder, clock.now());
    const onProgress = createProgress(writer, 'reading', source.sizeBytes, clock);
    const there = await shelf.findContent(source.sizeBytes, () => hashModelFile(source.path, signal, onProgress));
    if (there === null) await store(source, writer, signal, options);
    return { reason: 'complete', usage: null };
  };
}
