import { writeAccessFile, type AccessRecord } from '../../platform/access-file.ts';
import { AppError } from '../../shared/app-error.ts';
import type { KeepingChoice } from '../../shared/access.ts';
import { isKept, type Held } from './access-parts.ts';
import type { AccessSession } from './access-session.ts';
import { changeKeeping } from './change-keeping.ts';
import { requirePassphrase } from './door-actions.ts';
import type { GuessBrake } from './guess-brake.ts';
import { databasePath } from './kept-files.ts';
import { keychainAccountOf, newDatabaseKey, newKeychainRecord, newPassphraseRecord } from './records.ts';

type Open = Extract<Held, { readonly kind: 'open' }>;

/** See `AccessService.keep`. */
export async function keepAs(session: AccessSession, brake: GuessBrake, choice: KeepingChoice): Promise<void> {
  const open = requireOpen(session.held);
  const { record } = open;
  if (record?.keeping === choice.keeping) {
    // There is a call of its own for another passphrase, and it asks for the current one.
    if (choice.keeping === 'passphrase') throw notAllowed('The passphrase is changed in another way');
    return;
  }
  if (record?.keeping === 'passphrase') {
    const current = choice.keeping === 'passphrase' ? undefined : choice.currentPassphrase;
    (await requirePassphrase(record, current, brake)).fill(0);
  }
  if (choice.keeping === 'session-only') return await keepNothing(session, open);
  const key = open.key ?? newDatabaseKey();
  const to = choice.keeping === 'keychain' ? newKeychainRecord() : await newPassphraseRecord(key, choice.passphrase);
  await keepWith(session, open, to, key);
}

/** See `AccessService.changePassphrase`. */
export async function changePassphrase(
  session: AccessSession,
  brake: GuessBrake,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> {
  const open = requireOpen(session.held);
  if (open.record?.keeping !== 'passphrase') throw notAllowed('No passphrase keeps these chats');
  const key = await requirePassphrase(open.record, current, brake);
  const record = await newPassphraseRecord(key, next);
  // One file in one step: there is nothing that a crash could leave between.
  await writeAccessFile(session.options.dataFolder, record);
  session.become({ ...open, record });
  key.fill(0);
}

/** The same key in another keeping; or, from memory, everything into a new file. */
async function keepWith(session: AccessSession, open: Open, to: AccessRecord, key: Uint8Array): Promise<void> {
  const { chats, record: from } = open;
  const location = { kind: 'file', path: databasePath(session.options.dataFolder), key: key.slice() } as const;
  await chats.carryKeys(async (copyKeys) => {
    await changeKeeping(session.options, { from, to, key }, async (commit) => {
      await copyKeys(keychainAccountOf(to));
      if (open.key === null) await chats.move(location, commit);
      else await commit();
    });
    session.become({ ...open, record: to, key });
  });
}

/** Everything into memory; then the file, its backups and its key go. */
async function keepNothing(session: AccessSession, open: Open): Promise<void> {
  const { chats, record: from } = open;
  const to: AccessRecord = { version: 1, keeping: 'session-only' };
  await chats.carryKeys(async (copyKeys) => {
    await changeKeeping(session.options, { from, to, key: null }, async (commit) => {
      await copyKeys(null);
      if (isKept(from)) await chats.move({ kind: 'memory' }, commit);
      else await commit();
    });
    session.become({ ...open, record: to, key: null });
  });
  open.key?.fill(0);
}

function requireOpen(held: Held): Open {
  if (held.kind !== 'open' || held.isBesideKept) throw notAllowed('The kept chats are not open');
  return held;
}

function notAllowed(message: string): AppError {
  return new AppError('access/not-allowed', message);
}
