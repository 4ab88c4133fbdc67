import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';

/** What happens to chats when the app closes, and what protects them until the next start. */
export const keepingSchema = z.enum(['session-only', 'passphrase', 'keychain']);
export type Keeping = z.infer<typeof keepingSchema>;

/**
 * Whether the operating system's keychain can keep a key. `absent`: no library (`no-library`) or nothing that answers on
 * this system (`no-service`); `refused`: it said no (`denied`) or kept silent (`no-answer`), as a locked one does.
 */
export const keychainStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }).readonly(),
  z.object({ state: z.literal('absent'), reason: z.enum(['no-library', 'no-service']) }).readonly(),
  z.object({ state: z.literal('refused'), reason: z.enum(['denied', 'no-answer']) }).readonly(),
]);
export type KeychainState = z.infer<typeof keychainStateSchema>;

/** Characters of a passphrase: fewer are refused, more are not read. */
export const passphraseLimits = { shortest: 8, longest: 1_024 } as const;

/** A verified copy of the database from an earlier day. `name` is its file name in the backup folder. */
export const backupSchema = z
  .object({ name: z.string(), madeAt: z.int().nonnegative(), sizeBytes: z.int().nonnegative() })
  .readonly();
export type Backup = z.infer<typeof backupSchema>;

/** What a damaged database still gives. */
export const rescueReportSchema = z
  .object({
    conversations: z.int().nonnegative(),
    messages: z.int().nonnegative(),
    documents: z.int().nonnegative(),
    /** Records that are there and cannot be read. */
    unreadable: z.int().nonnegative(),
  })
  .readonly();
export type RescueReport = z.infer<typeof rescueReportSchema>;

/** Why the door is closed, in the order of what a person can do about it. */
export const lockReasonSchema = z.enum([
  /** A passphrase is needed, as at every start. */
  'passphrase',
  /** Locked by the user, or after the idle time. */
  'user',
  'idle',
  /** The keychain that has the key is locked, silent, gone, or does not have it any more. */
  'keychain-refused',
  'keychain-absent',
  'key-missing',
]);
export type LockReason = z.infer<typeof lockReasonSchema>;

/**
 * Whether the kept chats are open. The window shows its pages in `open` only.
 * - `opening`: the key is being fetched, the database checked.
 * - `locked`: nothing is in memory and the file is untouched; `keeping` says what opens it.
 * - `damaged`: the key fits and the file is broken; nothing was changed.
 * - `failed`: it does not open for another reason (no room, no right to write, another process).
 */
export const accessStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opening') }).readonly(),
  z
    .object({
      state: z.literal('open'),
      keeping: keepingSchema,
      /** False until the user said how to keep chats, or a keychain was there to be used without asking. */
      isChosen: z.boolean(),
      /** True where kept chats exist and this session goes on without them, by the user's own word. */
      isBesideKept: z.boolean(),
      /** True for a database that a newer Sotto wrote: everything can be read, nothing changed. */
      isReadOnly: z.boolean(),
      /** Last changes that the disk lost in a crash of the machine, by the commit counter; 0 is the rule. */
      lostCommits: z.int().nonnegative(),
    })
    .readonly(),
  z
    .object({
      state: z.literal('locked'),
      keeping: keepingSchema.exclude(['session-only']),
      reason: lockReasonSchema,
    })
    .readonly(),
  z
    .object({
      state: z.literal('damaged'),
      error: appErrorDataSchema,
      /** Null while it is being read. */
      rescue: rescueReportSchema.nullable(),
      backups: z.array(backupSchema).readonly(),
    })
    .readonly(),
  z.object({ state: z.literal('failed'), error: appErrorDataSchema }).readonly(),
]);
export type AccessState = z.infer<typeof accessStateSchema>;

/** How to keep chats from now on. Leaving `passphrase` needs the current one. */
export const keepingChoiceSchema = z.discriminatedUnion('keeping', [
  z.object({ keeping: z.literal('keychain'), currentPassphrase: z.string().max(1_024).optional() }).readonly(),
  /** One that is too short is refused with a sentence of its own, so it is no matter of the shape. */
  z.object({ keeping: z.literal('passphrase'), passphrase: z.string().max(passphraseLimits.longest) }).readonly(),
  /** Ends the keeping: what is kept is erased from the disk and stays in memory until the app closes. */
  z.object({ keeping: z.literal('session-only'), currentPassphrase: z.string().max(1_024).optional() }).readonly(),
]);
export type KeepingChoice = z.infer<typeof keepingChoiceSchema>;

/** What an erasure found when it looked again afterwards: every flag was checked, none is assumed. */
export const erasureReportSchema = z
  .object({
    isKeyGone: z.boolean(),
    isDatabaseGone: z.boolean(),
    areBackupsGone: z.boolean(),
    /** Files of the data folder that are left: names only, such as the log and the models. */
    leftFiles: z.array(z.string()).readonly(),
  })
  .readonly();
export type ErasureReport = z.infer<typeof erasureReportSchema>;
