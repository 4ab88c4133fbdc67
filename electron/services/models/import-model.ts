import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readGgufDescription } from '../../inference/gguf/read-gguf-description.ts';
import { readSplitDescription } from '../../inference/gguf/read-split-description.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { RunWork, RunWriter } from '../runs/runs-service.ts';
import { checkRoom, toDiskError } from '../../platform/disk-room.ts';
import { copyModel } from './copy-model.ts';
import type { OpenForWriting } from './copy-model.ts';
import { freePath } from '../../platform/free-path.ts';
import { hashModelFile } from './hash-model-file.ts';
import { modelFileAt } from './model-file-at.ts';
import { modelName } from './model-name.ts';
import type { ModelShelf } from './model-shelf.ts';
import { isPartName, nameOfPart } from './split-files.ts';

/** One file of a model that is brought in. */
export type ModelSourceFile = {
  /** Absolute. */
  readonly path: string;
  /** As the user knows it. */
  readonly fileName: string;
  /** As the check found it. */
  readonly sizeBytes: number;
};

/** A model whose header was checked. */
export type ModelSource = {
  readonly files: readonly ModelSourceFile[];
  readonly modelName: string;
  /** Of all files. */
  readonly sizeBytes: number;
};

/**
 * Checks a file, and with it the other parts of its model where it is one of several. Throws `model/*`, and
 * `model/missing-part` when they do not lie beside it.
 */
export async function checkModelSource(
  { path, name: fileName }: { readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<ModelSource> {
  if (!isPartName(fileName)) {
    const { name, sizeBytes } = await readGgufDescription(path, signal, fileName);
    return { files: [{ path, fileName, sizeBytes }], modelName: modelName(fileName, name), sizeBytes };
  }
  const file = await modelFileAt(path, (one) => one);
  if (file?.parts === undefined || file.missingPart !== undefined) {
    // What a browser sends lies alone, whatever lay beside it.
    const missing = nameOfPart(fileName, file?.missingPart ?? (/-00001-of-/.test(fileName) ? 2 : 1));
    throw new AppError('model/missing-part', 'A part of the model is missing.', { name: fileName, missing });
  }
  const { name, sizeBytes } = await readSplitDescription(
    file.parts.map((part) => part.path),
    signal,
  );
  const files = file.parts.map((part) => ({
    path: part.path,
    fileName: basename(part.path),
    sizeBytes: part.sizeBytes,
  }));
  return { files, modelName: modelName(fileName, name), sizeBytes };
}

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

type Copied = { readonly part: string; readonly fileName: string; readonly digest: string };

/** Where the files go: into the folder itself, or, for a split model whose names are taken, into a folder of its own. */
function targetPaths(folder: string, fileNames: readonly string[]): readonly string[] {
  const [only = ''] = fileNames;
  if (fileNames.length === 1) return [freePath(folder, only)];
  const names = fileNames.map(safeFileName);
  const stem = modelName(only, null);
  let into = folder;
  for (let number = 1; names.some((name) => existsSync(join(into, name))); number += 1) {
    into = join(folder, safeFileName(number === 1 ? stem : `${stem} (${number})`));
  }
  return names.map((name) => join(into, name));
}

async function copyAll(source: ModelSource, writer: RunWriter, signal: AbortSignal, options: ImportOptions) {
  const { shelf, clock, openForWriting } = options;
  const report = createProgress(writer, 'copying', source.sizeBytes, clock);
  const copied: Copied[] = [];
  let beforeBytes = 0;
  for (const [number, { path: from, fileName, sizeBytes }] of source.files.entries()) {
    const part = join(shelf.folder, `${partPrefix}${writer.runId}-${number}.part`);
    const onProgress = (done: number): void => report(beforeBytes + done);
    const copy = { from, to: part, sizeBytes, signal, onProgress };
    const digest = await copyModel(openForWriting === undefined ? copy : { ...copy, openForWriting });
    copied.push({ part, fileName, digest });
    beforeBytes += sizeBytes;
  }
  return copied;
}

/** The sources may have changed since their headers were checked. */
async function checkCopies(copied: readonly Copied[], signal: AbortSignal): Promise<void> {
  const [only] = copied;
  if (copied.length === 1 && only !== undefined) await readGgufDescription(only.part, signal, only.fileName);
  else
    await readSplitDescription(
      copied.map(({ part }) => part),
      signal,
    );
}

async function store(
  source: ModelSource,
  writer: RunWriter,
  signal: AbortSignal,
  options: ImportOptions,
): Promise<void> {
  const { shelf, clock } = options;
  try {
    await checkRoom(shelf.folder, source.sizeBytes);
    const copied = await copyAll(source, writer, signal, options);
    await checkCopies(copied, signal);
    const paths = targetPaths(
      shelf.folder,
      copied.map(({ fileName }) => fileName),
    );
    for (const [number, { part, fileName, digest }] of copied.entries()) {
      const path = paths[number] ?? freePath(shelf.folder, fileName);
      await mkdir(dirname(path), { recursive: true });
      await rename(part, path);
      await shelf.remember(path, digest, { from: 'file', name: fileName, at: clock.now() });
    }
  } catch (error) {
    for (const number of source.files.keys()) {
      await rm(join(shelf.folder, `${partPrefix}${writer.runId}-${number}.part`), { force: true });
    }
    throw error;
  }
}

/** The work of an import: copies the files unless the folder has their content already. */
export function importModel(source: ModelSource, options: ImportOptions): RunWork {
  const { shelf, clock } = options;
  return async (writer, signal) => {
    writer.write({ type: 'run-start', runId: writer.runId, modelName: source.modelName, route: null });
    await prepareFolder(shelf.folder, clock.now());
    if (!(await hasContent(source, writer, signal, options))) await store(source, writer, signal, options);
    return { reason: 'complete', usage: null };
  };
}

async function hasContent(
  { files, sizeBytes: total }: ModelSource,
  writer: RunWriter,
  signal: AbortSignal,
  { shelf, clock }: ImportOptions,
): Promise<boolean> {
  const report = createProgress(writer, 'reading', total, clock);
  let beforeBytes = 0;
  for (const { path, sizeBytes } of files) {
    const onProgress = (done: number): void => report(beforeBytes + done);
    if ((await shelf.findContent(sizeBytes, () => hashModelFile(path, signal, onProgress))) === null) return false;
    beforeBytes += sizeBytes;
  }
  return true;
}
