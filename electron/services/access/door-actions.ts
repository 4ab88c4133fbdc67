import { openSealedKey } from '../../platform/key-seal.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ErasureReport } from '../../shared/access.ts';
import type { DamagedDatabase } from '../../storage/storage.ts';
import { isKept, type KeptRecord } from './access-parts.ts';
import type { AccessSession } from './access-session.ts';
import { eraseKept } from './change-keeping.ts';
import type { GuessBrake } from './guess-brake.ts';
import { hasKeptFiles, lookForKeptFiles } from './kept-files.ts';

/** Minutes until what is open locks itself; null for what does not, such as a session that would lose everything. */
export async function lockLimit({ held }: AccessSession): Promise<number | null> {
  if (held.kind !== 'open' || held.key === null) return null;
  // What is just ending is not locked once more.
  return await held.chats.lockAfterMinutes().catch(() => null);
}

/** See `AccessService.unlock`. What failed for another reason is tried again from the beginning. */
export async function unlock(session: AccessSession, brake: GuessBrake, passphrase: string | undefined): Promise<void> {
  const { held } = session;
  if (held.kind === 'failed') return await session.begin();
  if (held.kind === 'damaged') throw notAllowed();
  // A passphrase that comes late, from a page that still showed the lock, ends nobody's session.
  if (held.kind === 'open' && held.isBesideKept && passphrase === undefined) return await openBesides(session);
  if (held.kind !== 'locked') return;
  const { record } = held;
  if (record.keeping === 'passphrase') {
    await session.openKept(record, await requirePassphrase(record, passphrase, brake), false);
    return;
  }
  const reason = await session.openFromKeychain(record);
  if (reason !== null) throw new AppError('access/keychain-unavailable', 'The keychain gave no key', { reason });
}

/** From a session beside kept chats back to these. */
async function openBesides(session: AccessSession): Promise<void> {
  await session.shut({ state: 'opening' }, { kind: 'nothing' });
  await session.begin();
}

/** The database's key. Throws `access/wrong-passphrase` after a pause that grows. */
export async function requirePassphrase(
  { sealedKey }: Extract<KeptRecord, { readonly keeping: 'passphrase' }>,
  passphrase: string | undefined,
  brake: GuessBrake,
): Promise<Uint8Array> {
  // Asking without a passphrase guesses nothing.
  const key = passphrase === undefined ? null : await openSealedKey(sealedKey, passphrase);
  if (key !== null) {
    brake.right();
    return key;
  }
  if (passphrase !== undefined) await brake.wrong();
  throw new AppError('access/wrong-passphrase', 'This is not the passphrase');
}

/** See `AccessService.lock`. */
export async function lock(session: AccessSession, reason: 'user' | 'idle'): Promise<void> {
  const { held } = session;
  if (held.kind !== 'open' || held.key === null || !isKept(held.record)) return;
  const { record } = held;
  await session.shut({ state: 'locked', keeping: record.keeping, reason }, { kind: 'locked', record });
}

/** See `AccessService.continueWithoutKept`. */
export async function continueWithoutKept(session: AccessSession): Promise<void> {
  const { held } = session;
  if (held.kind === 'open') return;
  const record = held.kind === 'nothing' ? null : held.record;
  try {
    await session.shut({ state: 'opening' }, { kind: 'nothing' });
    // Where even the first start failed, nothing is kept that a choice could harm.
    const isBesideKept = isKept(record) || (await hasKeptFiles(session.options.dataFolder));
    await session.openInMemory({ record, isBesideKept });
  } catch (error) {
    session.becomeFailed(record, error);
  }
}

/** Mends what is damaged, and opens it. Throws `access/not-allowed` for what is not, and what the mending throws. */
export async function mend(session: AccessSession, work: (damaged: DamagedDatabase) => Promise<void>): Promise<void> {
  const { held } = session;
  if (held.kind !== 'damaged') throw notAllowed();
  await work(held.damaged);
  await session.openKept(held.record, held.key, false);
}

/** See `AccessService.erase`. Also opens what is locked for ever: whoever forgot the passphrase begins anew. */
export async function erase(session: AccessSession): Promise<ErasureReport> {
  const { held, options } = session;
  const record = held.kind === 'nothing' ? null : held.record;
  await session.shut({ state: 'opening' }, { kind: 'nothing' });
  try {
    const { isKeyGone } = await eraseKept(options, record);
    const report = { isKeyGone, ...(await lookForKeptFiles(options.dataFolder)) };
    await session.openInMemory({ record: null, isBesideKept: false });
    return report;
  } catch (error) {
    session.becomeFailed(record, error);
    throw error;
  }
}

function notAllowed(): AppError {
  return new AppError('access/not-allowed', 'The chats are not open');
}
