import { toAppError, type AppClient } from '../app/app-client.ts';
import { readPassphraseFile } from '../platform/passphrase-file.ts';
import { AppError } from '../shared/app-error.ts';
import type { AccessState } from '../shared/access.ts';
import type { Terminal } from './terminal.ts';

/** How a session comes to its chats. */
export type ChatsOptions = {
  readonly client: AppClient;
  readonly terminal: Terminal;
  /** The file of `--passphrase-file`, absolute. */
  readonly passphraseFile?: string;
  /** Another process owns the app: what it keeps and how is its user's to say. */
  readonly isJoined: boolean;
  /** False for a command that only looks, and asks and says nothing about it. */
  readonly canAsk: boolean;
};

/** Wrong answers that are forgiven. */
const questionLimit = 3;

/**
 * Opens the kept chats, or goes on in a session that keeps nothing and says so. Returns what was found at first. Throws
 * `access/wrong-passphrase`, `access/passphrase-file`, and what keeps a database from opening.
 */
export async function openKeptChats(options: ChatsOptions): Promise<AccessState> {
  const { client, terminal, isJoined, canAsk } = options;
  const found = await settledState(client);
  switch (found.state) {
    case 'open':
      if (!isJoined) await keepByPassphrase(found, options);
      return found;
    case 'locked': {
      const isOpen = found.keeping === 'passphrase' && (await unlock(options));
      if (isOpen) return found;
      if (isJoined) throw new AppError('access/locked', 'The window that owns the chats is locked');
      await client.access.continueWithoutKept();
      if (canAsk)
        terminal.note(terminal.t(`terminal:access.${found.keeping === 'passphrase' ? 'noPassphrase' : 'noKeychain'}`));
      return found;
    }
    case 'damaged':
    case 'failed':
      throw AppError.fromData(found.error);
    case 'opening':
      throw new AppError('app/closing', 'The app ended while it opened');
  }
}

/** How it stands with the chats when the app has done what it can. */
async function settledState(client: AppClient): Promise<AccessState> {
  let last: AccessState = { state: 'opening' };
  for await (const state of await client.access.watch()) {
    last = state;
    if (state.state !== 'opening') break;
  }
  return last;
}

/** Nothing was chosen yet: a passphrase file is a choice, and without one nothing is kept. */
async function keepByPassphrase(
  found: Extract<AccessState, { state: 'open' }>,
  { client, terminal, passphraseFile, canAsk }: ChatsOptions,
): Promise<void> {
  if (found.isChosen || (passphraseFile === undefined && !canAsk)) return;
  if (passphraseFile === undefined) return terminal.note(terminal.t('terminal:access.nothingKept'));
  await client.access.keep({ keeping: 'passphrase', passphrase: await readPassphraseFile(passphraseFile) });
}

async function unlock({ client, terminal, passphraseFile, canAsk }: ChatsOptions): Promise<boolean> {
  if (passphraseFile !== undefined) {
    await client.access.unlock({ passphrase: await readPassphraseFile(passphraseFile) });
    return await requireOpen(client);
  }
  for (let question = 1; canAsk && question <= questionLimit; question += 1) {
    const passphrase = await terminal.askSecret(terminal.t('terminal:access.question'));
    if (passphrase === null) return false;
    try {
      await client.access.unlock({ passphrase });
      return await requireOpen(client);
    } catch (error) {
      if (toAppError(error).code !== 'access/wrong-passphrase' || question === questionLimit) throw error;
      terminal.note(terminal.t('terminal:access.wrong'));
    }
  }
  return false;
}

/** The passphrase was right; what is wrong with the database is told as such. */
async function requireOpen(client: AppClient): Promise<boolean> {
  const state = await settledState(client);
  if (state.state === 'damaged' || state.state === 'failed') throw AppError.fromData(state.error);
  return state.state === 'open';
}
