import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alreadyRunning } from '../app/already-running.ts';
import { createJoinedClient, createLocalClient, type AppClient } from '../app/app-client.ts';
import type { App, AppOptions } from '../app/app.ts';
import type { TakenFolder } from '../app/data-folder/claim-data-folder.ts';
import { nodeDoorOptions, type ChosenFolders } from '../app/door-options.ts';
import { openApp } from '../app/open-app.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { createAbsentSecretStore } from '../platform/absent-secret-store.ts';
import { AppError } from '../shared/app-error.ts';
import type { AccessState } from '../shared/access.ts';
import { openKeptChats } from './open-kept-chats.ts';
import type { Terminal } from './terminal.ts';

/** How a command wants the app. */
export type SessionOptions = {
  readonly files: ProductFiles;
  readonly folders: ChosenFolders;
  readonly terminal: Terminal;
  /** Id or absolute path of a model for this run alone. */
  readonly model?: string;
  /** What the services see of the database; see `AppOptions`. */
  readonly storageView?: AppOptions['storageView'];
  /** A data folder of this run's own, gone afterwards; for measuring. */
  readonly isAlone?: boolean;
  /** The file of `--passphrase-file`, absolute. */
  readonly passphraseFile?: string;
  /** False for a command that looks and asks nothing. Default true. */
  readonly canAsk?: boolean;
};

/** The app as a command uses it. */
export type Session = AsyncDisposable & {
  readonly client: AppClient;
  /** The app of this process; null when another process does the work. */
  readonly app: App | null;
  /** Process that owns the data folder, when it is another one. */
  readonly ownerPid: number | null;
  /** How it stood with the kept chats before anything was asked. */
  readonly found: AccessState;
};

/**
 * Opens the app here, or joins the one that owns the data folder. A model chosen for this run is never forced on an open
 * window: the run then has a session of its own beside it.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  if (options.isAlone === true) return await openAlone(options, null);
  const opened = await openApp(appOptions(options));
  if (opened.status === 'opened') {
    return await openHere(opened.app, options);
  }
  if (options.model === undefined) return await joinOwner(opened, options);
  opened.port?.close();
  options.terminal.note(options.terminal.t('terminal:progress.ownSession'));
  return await openAlone(options, opened.pid);
}

async function openHere(app: App, options: SessionOptions): Promise<Session> {
  const client = localClient(app);
  const close = async (): Promise<void> => await app.close();
  try {
    const found = await openKeptChats(chatsOptions(client, options, false));
    return { client, app, ownerPid: null, found, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function joinOwner({ pid, port }: TakenFolder, options: SessionOptions): Promise<Session> {
  const { folders, terminal } = options;
  if (port === null) throw alreadyRunning(pid, folders.dataFolder ?? '');
  terminal.note(terminal.t('terminal:progress.joined', { pid }));
  const client = createJoinedClient(port);
  const close = async (): Promise<void> => await Promise.resolve(port.close());
  try {
    const found = await openKeptChats(chatsOptions(client, options, true));
    return { client, app: null, ownerPid: pid, found, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function chatsOptions(client: AppClient, options: SessionOptions, isJoined: boolean) {
  const { terminal, passphraseFile, canAsk = true } = options;
  return { client, terminal, isJoined, canAsk, ...(passphraseFile === undefined ? {} : { passphraseFile }) };
}

async function openAlone(options: SessionOptions, ownerPid: number | null): Promise<Session> {
  const { platform } = appOptions(options);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-session-'));
  const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  // The models stay where they are; only what is written goes into the folder that is removed.
  const folders = { dataFolder: folder, modelFolder: platform.folders.models };
  try {
    // What is gone afterwards needs no key, and leaves none behind.
    const opened = await openApp({ ...appOptions({ ...options, folders }), secrets: createAbsentSecretStore() });
    if (opened.status === 'taken') throw alreadyRunning(opened.pid, folder);
    const { app } = opened;
    const close = async (): Promise<void> => {
      await app.close();
      await remove();
    };
    const found = await app.whenSettled();
    if (found.state === 'failed') {
      await app.close();
      throw AppError.fromData(found.error);
    }
    return { client: localClient(app), app, ownerPid, found, [Symbol.asyncDispose]: close };
  } catch (error) {
    await remove();
    throw error;
  }
}

function appOptions({ files, folders, model, storageView }: SessionOptions): AppOptions {
  return {
    ...nodeDoorOptions('terminal', files, folders),
    ...(model === undefined ? {} : { model }),
    ...(storageView === undefined ? {} : { storageView }),
  };
}

const localClient = (app: App): AppClient => createLocalClient(app.context({ canNamePaths: true }));
