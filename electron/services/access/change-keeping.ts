import { rm } from 'node:fs/promises';
import { readAccessFile, removeAccessFile, writeAccessFile, type AccessRecord } from '../../platform/access-file.ts';
import { keyAccountPrefix } from '../../platform/key-account.ts';
import type { SecretStore } from '../../platform/secret-store.ts';
import { readEarlySettings, writeEarlySettings } from '../../platform/early-settings.ts';
import { AppError } from '../../shared/app-error.ts';
import { earlySettingsSchema } from '../../shared/settings.ts';
import { isSameRecord, readAccessChange, removeAccessChange, writeAccessChange } from './access-changes.ts';
import { isKept, type AccessServiceOptions } from './access-parts.ts';
import { storeKeychainKey } from './keychain-key.ts';
import { hasDatabase, hasKeptFiles, removeKeptFiles } from './kept-files.ts';

type Options = Pick<AccessServiceOptions, 'dataFolder' | 'temporaryFolder' | 'secrets' | 'logger'>;

/** From one way of keeping to another. */
export type KeepingChange = {
  readonly from: AccessRecord | null;
  readonly to: AccessRecord;
  /** Of the database file before or after; null where there is none in either. */
  readonly key: Uint8Array | null;
};

/**
 * Goes over to another way of keeping in one step: the record's. Everything that the new way needs is there before it,
 * everything that only the old way needed goes after it, and the note of the change lets the next start end what a crash
 * cut short. `move` brings the content to where it belongs and calls `commit` when it is there. Throws
 * `access/keychain-unavailable`, `access/no-record` where kept chats of nobody lie, and what `move` throws; then all is as
 * before.
 */
export async function changeKeeping(
  options: Options,
  { from, to, key }: KeepingChange,
  move: (commit: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { dataFolder, secrets, logger } = options;
  if (!isKept(from) && (await hasKeptFiles(dataFolder))) {
    throw new AppError('access/no-record', 'Saved chats lie there already', { file: 'access.json' });
  }
  await writeAccessChange(dataFolder, { from, to });
  try {
    if (to.keeping === 'keychain' && key !== null && !(await storeKeychainKey(secrets, to.account, key))) {
      throw new AppError('access/keychain-unavailable', 'The keychain does not take the key');
    }
    await move(async () => await writeAccessFile(dataFolder, to));
  } catch (error) {
    await takeBack(options, { from, to }).catch((second: unknown) => {
      // The note stays, and the next start tries again.
      logger.error('keeping-not-taken-back', { code: AppError.from(second).code });
    });
    throw error;
  }
  await removeWhatIsPast(options, { from, to }).catch((error: unknown) => {
    logger.error('keeping-not-cleaned', { code: AppError.from(error).code });
  });
}

/** At start: ends a change that a crash cut short, forwards where the new way is whole, backwards otherwise. */
export async function endCutShortChange(options: Options): Promise<void> {
  const { dataFolder, logger } = options;
  const change = await readAccessChange(dataFolder);
  if (change === null) return await removeAccessChange(dataFolder);
  const { from, to } = change;
  logger.warn('keeping-change-was-cut-short', { from: from?.keeping ?? 'none', to: to?.keeping ?? 'none' });
  if (to === null) {
    await eraseKept(options, from);
    return;
  }
  const record = await readAccessFile(dataFolder);
  // Nobody can say whether it was done; the state tells that the record is damaged.
  if (record !== null && 'status' in record) return;
  if (isSameRecord(record, to)) return await removeWhatIsPast(options, { from, to });
  if (isKept(to) && !isKept(from) && isSameRecord(record, from) && (await hasDatabase(dataFolder))) {
    // The copy appears whole or not at all, and what it was copied from went with the memory.
    await writeAccessFile(dataFolder, to);
    return await removeWhatIsPast(options, { from, to });
  }
  await takeBack(options, { from, to });
}

/** What an erasure could not remove stays noted, for the next start. */
export async function eraseKept(options: Options, record: AccessRecord | null): Promise<{ isKeyGone: boolean }> {
  const { dataFolder, temporaryFolder } = options;
  await writeAccessChange(dataFolder, { from: record, to: null });
  const isSecretGone = await removeSecret(options, record, null);
  await removeAccessFile(dataFolder);
  await removeKeptFiles(dataFolder);
  await rm(temporaryFolder, { recursive: true, force: true }).catch(() => undefined);
  await forgetHabits(dataFolder);
  const isRecordGone = (await readAccessFile(dataFolder)) === null;
  const isGone = isSecretGone && isRecordGone;
  if (isGone && !(await hasKeptFiles(dataFolder))) await removeAccessChange(dataFolder);
  return { isKeyGone: isGone };
}

/** Look and language stay, so that the window does not change its tongue in mid-sentence; the rest begins anew. */
async function forgetHabits(dataFolder: string): Promise<void> {
  const { language, theme } = await readEarlySettings(dataFolder);
  await writeEarlySettings(dataFolder, earlySettingsSchema.parse({ language, theme })).catch(() => undefined);
}

async function takeBack(
  options: Options,
  { from, to }: { from: AccessRecord | null; to: AccessRecord },
): Promise<void> {
  const { dataFolder } = options;
  const record = await readAccessFile(dataFolder);
  // What cannot be read may be the new record: then the new way counts, and its files must stay.
  if (record !== null && ('status' in record || isSameRecord(record, to))) return;
  const isGone = await removeSecret(options, to, from);
  if (isKept(to) && !isKept(from)) await removeKeptFiles(dataFolder);
  if (isGone) await removeAccessChange(dataFolder);
}

async function removeWhatIsPast(
  options: Options,
  { from, to }: { from: AccessRecord | null; to: AccessRecord },
): Promise<void> {
  const isGone = await removeSecret(options, from, to);
  if (!isKept(to)) await removeKeptFiles(options.dataFolder);
  if (isGone) await removeAccessChange(options.dataFolder);
}

/** True when the keychain has nothing of `record`, keys of the person among it, that `staying` does not need. */
async function removeSecret(
  { secrets }: Options,
  record: AccessRecord | null,
  staying: AccessRecord | null,
): Promise<boolean> {
  if (record?.keeping !== 'keychain') return true;
  if (staying?.keeping === 'keychain' && staying.account === record.account) return true;
  const isKeyGone = (await secrets.remove(record.account)).status === 'done';
  // A keychain that gave no answer to that is not asked for more.
  return isKeyGone && (await removeKeysOfPerson(secrets, record.account));
}

/** True when the keychain has none of the keys that the person set while it kept the chats. */
async function removeKeysOfPerson(secrets: SecretStore, databaseAccount: string): Promise<boolean> {
  const found = await secrets.list(keyAccountPrefix(databaseAccount));
  if (found.status === 'unavailable') return false;
  let isGone = true;
  for (const account of found.accounts) {
    if ((await secrets.remove(account)).status !== 'done') isGone = false;
  }
  return isGone;
}
