import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toStorageError } from '../storage/worker/to-storage-error.ts';
import type { Handlers } from '../storage/operations.ts';
import { createHandlers } from '../storage/worker/handlers.ts';
import { inspectDamaged, rescueDamaged } from '../storage/worker/damage-tasks.ts';
import { openDatabase } from '../storage/worker/open-database.ts';
import type { ReadyDatabase } from '../storage/worker/open-database.ts';
import { openEncryptedFile } from '../storage/worker/open-encrypted-file.ts';
import { createPageCipher, pageBytes } from '../storage/worker/page-cipher.ts';
import { readRows } from '../storage/worker/rows.ts';
import { buildConversation, buildMessage } from './build-records.ts';
import { openTestStorage } from './open-test-storage.ts';
import { fillSampleStorage } from './sample-storage.ts';
import type { SampleConversation } from './sample-storage.ts';

/** One thing that a disk may do to a file. */
export type Damage =
  { readonly kind: 'flip'; readonly bit: number } | { readonly kind: 'cut'; readonly sizeBytes: number };

/** A random damage to a file of that size: nine flips to one cut. */
export function pickDamage(random: () => number, sizeBytes: number): Damage {
  if (random() < 0.1) return { kind: 'cut', sizeBytes: Math.floor(random() * sizeBytes) };
  return { kind: 'flip', bit: Math.floor(random() * sizeBytes * 8) };
}

function applyDamage(path: string, damage: Damage): void {
  if (damage.kind === 'cut') return truncateSync(path, damage.sizeBytes);
  const bytes = readFileSync(path);
  const at = Math.floor(damage.bit / 8);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (damage.bit % 8));
  writeFileSync(path, bytes);
}

const pageRowSchema = z.object({ number: z.int(), name: z.string(), path: z.string() });

/** Whose rows lie on which page, by SQLite's own account of its file. */
function conversationsByPage(path: string, key: Uint8Array, samples: readonly SampleConversation[]) {
  const database = openEncryptedFile(path, key);
  const sql = "SELECT pageno AS number, name, path FROM dbstat WHERE name IN ('messages', 'conversations')";
  const rows = readRows(pageRowSchema, database.prepare(sql).all());
  database.close();
  const cipher = createPageCipher(key);
  const bytes = readFileSync(path);
  const plain = (number: number) =>
    cipher.decrypt(bytes.subarray((number - 1) * pageBytes, number * pageBytes), number);
  const numbers = new Map(rows.map((row) => [`${row.name}${row.path}`, row.number]));
  const owners = new Map<number, ReadonlySet<string>>();
  for (const { number, name, path: place } of rows) {
    // A page that a row goes on in is told by the place of its row.
    const [row = place] = place.split('+');
    const home = place.includes('+') ? (numbers.get(`${name}${row.slice(0, -3)}`) ?? number) : number;
    const page = Buffer.from(plain(home) ?? []);
    owners.set(number, new Set(samples.map(({ conversation }) => conversation.id).filter((id) => page.includes(id))));
  }
  return owners;
}

/** A closed database with its content known, for trials on copies of it. */
export type DamageSubject = {
  readonly folder: string;
  readonly key: Uint8Array;
  readonly sizeBytes: number;
  readonly samples: readonly SampleConversation[];
  readonly owners: ReadonlyMap<number, ReadonlySet<string>>;
};

/** Fills a new database in `folder` and closes it. */
export async function createDamageSubject(folder: string, key: Uint8Array): Promise<DamageSubject> {
  const path = join(folder, 'subject', 'sotto.db');
  const storage = await openTestStorage({ location: { kind: 'file', path, key } });
  const samples = await fillSampleStorage(storage, 12, { hasVectors: false });
  await storage.close();
  const owners = conversationsByPage(path, key, samples);
  return { folder, key, sizeBytes: readFileSync(path).length, samples, owners };
}

function withCopy<Output>(folder: string, name: string, work: (path: string) => Output): Output {
  const copy = join(folder, 'trial');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  try {
    cpSync(join(folder, name), copy, { recursive: true });
    return work(join(copy, 'sotto.db'));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function lostPages(damage: Damage, sizeBytes: number): readonly number[] {
  const pageAt = (offset: number): number => Math.floor(offset / pageBytes) + 1;
  if (damage.kind === 'flip') return [pageAt(damage.bit / 8)];
  const first = pageAt(damage.sizeBytes);
  return Array.from({ length: pageAt(sizeBytes - 1) - first + 1 }, (_, index) => first + index);
}

const partsOf = ({ messages }: SampleConversation): readonly string[] =>
  messages.map(({ parts }) => JSON.stringify(parts));

function readParts(handlers: Handlers, { conversation }: SampleConversation): readonly string[] | null {
  const found = handlers['conversations.get'](conversation.id);
  if (!found?.tipId) return null;
  return handlers['messages.branch'](found.tipId).map(({ parts }) => JSON.stringify(parts));
}

/** What one damage to the database came to. `problems` is empty when every promise was kept. */
export type DamageOutcome = { readonly code: string; readonly problems: readonly string[] };

const codeOf = (work: () => ReadyDatabase): string => {
  try {
    work().close();
    return 'opened';
  } catch (error) {
    return toStorageError(error).code;
  }
};

/** Damages a copy of the subject and opens, inspects and rescues it. */
export function tryDatabaseDamage(subject: DamageSubject, damage: Damage): DamageOutcome {
  const { folder, key, samples, owners, sizeBytes } = subject;
  return withCopy(folder, 'subject', (path) => {
    applyDamage(path, damage);
    const before = readFileSync(path);
    const code = codeOf(() => openDatabase({ kind: 'file', path, key }));
    const problems: string[] = code === 'storage/corrupt' ? [] : [`it said ${code}`];
    const hit = new Set(lostPages(damage, sizeBytes).flatMap((page) => [...(owners.get(page) ?? [])]));
    const whole = samples.filter(({ conversation }) => !hit.has(conversation.id));
    const report = inspectDamaged({ path, key });
    if (report.conversations < whole.length) problems.push(`${report.conversations} of ${whole.length} inspected`);
    if (!readFileSync(path).equals(before)) problems.push('the damaged file was changed');
    rescueDamaged({ path, key }, 1_800_000_000_000);
    const rescued = openDatabase({ kind: 'file', path, key });
    const handlers = createHandlers(rescued.database);
    for (const sample of whole) {
      const found = readParts(handlers, sample);
      if (found?.join('\n') !== partsOf(sample).join('\n')) problems.push(`${sample.conversation.title} is not whole`);
    }
    rescued.close();
    return { code, problems };
  });
}

/** A database as a kill leaves it: each commit after the first appended one message, and all of them are in the log. */
export type LogSubject = {
  readonly folder: string;
  readonly key: Uint8Array;
  /** Of the log, and of the file that it belongs to. */
  readonly sizeBytes: number;
  readonly fileSizeBytes: number;
  readonly commits: number;
};

/** Writes `commits` messages, and keeps the files as they are before anything is closed. */
export function createLogSubject(folder: string, key: Uint8Array, commits: number): LogSubject {
  const path = join(folder, 'source', 'sotto.db');
  openDatabase({ kind: 'file', path, key }).close();
  const ready = openDatabase({ kind: 'file', path, key });
  const handlers = createHandlers(ready.database);
  const conversation = buildConversation();
  ready.run(() => handlers['conversations.insert'](conversation));
  for (let index = 0; index < commits; index += 1) {
    const message = buildMessage(conversation.id, { parts: [{ type: 'text', text: `Message ${index}` }] });
    ready.run(() => handlers['messages.append'](message));
  }
  cpSync(join(folder, 'source'), join(folder, 'log'), { recursive: true });
  ready.close();
  const sizeOf = (name: string): number => readFileSync(join(folder, 'log', name)).length;
  return { folder, key, sizeBytes: sizeOf('sotto.db-wal'), fileSizeBytes: sizeOf('sotto.db'), commits: commits + 1 };
}

/** What `tryLogDamage` found; `lost` is what the counter said. */
export type LogDamageOutcome = DamageOutcome & { readonly lost: number };

function openAfter({ key, commits }: LogSubject, path: string): LogDamageOutcome {
  try {
    const ready = openDatabase({ kind: 'file', path, key });
    const texts = ready.database.prepare('SELECT parts FROM messages ORDER BY rowid').pluck().all().map(String);
    const conversations = Number(ready.database.prepare('SELECT count(*) FROM conversations').pluck().get());
    const lost = ready.opened.lostCommits;
    ready.close();
    const problems: string[] = [];
    if (texts.length + conversations !== commits - lost) problems.push(`${texts.length} messages, ${lost} said lost`);
    if (!texts.every((text, index) => text.includes(`"Message ${index}"`))) problems.push('one in the middle is gone');
    return { code: 'opened', lost, problems };
  } catch (error) {
    const { code } = toStorageError(error);
    return { code, lost: 0, problems: [`it said ${code}`] };
  }
}

/** Damages the log of a copy and opens it. Only commits from the end may be missing, and the counter must say how many. */
export function tryLogDamage(subject: LogSubject, damage: Damage): LogDamageOutcome {
  return withCopy(subject.folder, 'log', (path) => {
    applyDamage(`${path}-wal`, damage);
    return openAfter(subject, path);
  });
}

/** Damages the file under a full log: what the log does not hold is either detected or not hit, and nothing is lost. */
export function tryFileDamageUnderLog(subject: LogSubject, damage: Damage): LogDamageOutcome {
  return withCopy(subject.folder, 'log', (path) => {
    applyDamage(path, damage);
    const outcome = openAfter(subject, path);
    if (outcome.code === 'storage/corrupt') return { ...outcome, problems: [] };
    return outcome.lost === 0 ? outcome : { ...outcome, problems: [...outcome.problems, `${outcome.lost} lost`] };
  });
}
