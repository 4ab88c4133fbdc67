import { createChildProcessLauncher as createEngineLauncher } from '../inference/launchers/child-process-launcher.ts';
import { createChildProcessLauncher as createParsingLauncher } from '../parsing/launchers/child-process-launcher.ts';
import { resolveNamedPath } from '../guards/named-path.ts';
import { createNodePlatform } from '../platform/create-node-platform.ts';
import type { Door } from '../shared/app-status.ts';
import { AppError } from '../shared/app-error.ts';
import type { AppOptions } from './app.ts';
import { chooseSecretStore } from './choose-secret-store.ts';
import type { ProductFiles } from './product-files.ts';

/** Folders that the user chose for this run, absolute. */
export type ChosenFolders = { readonly dataFolder?: string; readonly modelFolder?: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folders that `SOTTO_DATA_DIR` and `SOTTO_MODEL_DIR` name, `dataFolder` (an option of the command line) going before
 * the former. Throws AppError `app/invalid-input` for what is no folder of this computer.
 */
export function chosenFolders(environment: Environment, workingFolder: string, dataFolder?: string): ChosenFolders {
  const data = dataFolder ?? (environment['SOTTO_DATA_DIR'] || undefined);
  const models = environment['SOTTO_MODEL_DIR'] || undefined;
  return {
    ...(data === undefined ? {} : { dataFolder: localPath(data, workingFolder) }),
    ...(models === undefined ? {} : { modelFolder: localPath(models, workingFolder) }),
  };
}

/** A path that was typed, made absolute. Throws AppError `app/invalid-input` for an address or a network share. */
export function localPath(typed: string, workingFolder: string): string {
  const named = resolveNamedPath(typed, workingFolder);
  if (named.status === 'allowed') return named.path;
  throw new AppError('app/invalid-input', 'Not a path of this computer', { reason: named.reason, value: typed });
}

/** What the host and the command line hand to the app: both run under plain Node. */
export function nodeDoorOptions(
  door: Exclude<Door, 'window'>,
  files: ProductFiles,
  folders: ChosenFolders,
): AppOptions {
  return {
    platform: createNodePlatform({ door, version: files.version, resourcesFolder: files.resourcesFolder, ...folders }),
    secrets: chooseSecretStore(process.env, files),
    engineLauncher: createEngineLauncher({ workerPath: files.engineWorkerPath }),
    parsingLauncher: createParsingLauncher(),
    parsingWorkerPath: files.parsingWorkerPath,
    storageWorkerPath: files.storageWorkerPath,
  };
}
