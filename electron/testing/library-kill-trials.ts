import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SourceId } from '../shared/ids.ts';
import type { Storage, StoredFile } from '../storage/storage.ts';
import { openTestStorage } from './open-test-storage.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What is killed, how often, and how. */
export type LibraryKills = {
  /** For databases; empty. */
  readonly folder: string;
  /** Of documents. */
  readonly docs: string;
  readonly files: number;
  readonly kills: number;
  readonly embedder: 'real' | 'fake';
  readonly seed: number;
  readonly say: (line: string) => void;
};

/** What came of it. */
export type LibraryKillReport = {
  readonly kills: number;
  /** Files that were really read, over all rounds, and without a kill. */
  readonly reads: number;
  readonly readsWithoutKills: number;
  /** Lines of the index that are in one and not in the other. */
  readonly differences: readonly string[];
  /** Lines of the index without kills. */
  readonly lines: number;
};

type Round = { readonly reads: number; readonly hasSettled: boolean };

/** Runs the program until it settles, or kills it a moment after it has begun to read its `killAfter`-th file. */
async function runVictim(values: readonly string[], killAfter: number, delayMs: number): Promise<Round> {
  const program = join(import.meta.dirname, 'library-victim.ts');
  const child = spawn(process.execPath, [program, ...values], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = once(child, 'exit');
  let [reads, hasSettled] = [0, false];
  for await (const line of createInterface(child.stdout)) {
    if (line === 'settled') hasSettled = true;
    if (!line.startsWith('read ')) continue;
    reads += 1;
    if (reads !== killAfter || child.pid === undefined) continue;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    // With all its processes, as the system would; a program that ended meanwhile has none.
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      break;
    }
  }
  await ended;
  return { reads, hasSettled };
}

async function allFiles(storage: Storage, sourceId: SourceId): Promise<readonly StoredFile[]> {
  const all: StoredFile[] = [];
  for (;;) {
    const files = await storage.libraryFiles.ofSource(sourceId, all.at(-1)?.path ?? null, 500);
    if (files.length === 0) return all;
    all.push(...files);
  }
}

/** The whole index as lines of text: path, state, hash of the bytes, hash of the passages, and how many have vectors. */
async function readIndex(folder: string, key: string): Promise<readonly string[]> {
  const location = { kind: 'file', path: join(folder, 'sotto.db'), key: Buffer.from(key, 'hex') } as const;
  const storage = await openTestStorage({ location });
  const lines: string[] = [];
  for (const source of await storage.collections.sources()) {
    for (const { path, status, hash, documentId, error } of await allFiles(storage, source.id)) {
      const passages = documentId === null ? [] : await storage.passages.ofDocument(documentId);
      const vectors = passages.length === 0 ? [] : await storage.passages.vectors(passages.map(({ id }) => id));
      const texts = createHash('sha256').update(JSON.stringify(passages.map(({ text, place }) => [text, place])));
      const present = vectors.filter((vector) => vector !== null).length;
      lines.push(
        [path, status, error?.code, hash, texts.digest('hex').slice(0, 16), passages.length, present].join(' '),
      );
    }
  }
  const waiting = await storage.documents.unindexed();
  if (waiting.length > 0) lines.push(`${waiting.length} documents wait`);
  await storage.close();
  return lines.sort();
}

/** Indexes the documents once without a kill and once with kills on the way, and compares the two indexes. */
export async function killLibrary(trial: LibraryKills): Promise<LibraryKillReport> {
  const { folder, docs, files, kills, embedder, seed, say } = trial;
  const random = createSeededRandom(seed);
  const key = randomBytes(32).toString('hex');
  const [whole, killed] = [join(folder, 'whole'), join(folder, 'killed')];
  const { reads: readsWithoutKills } = await runVictim([whole, docs, embedder, key], Infinity, 0);
  say(`without kills: ${readsWithoutKills} files read`);
  let [reads, done] = [0, 0];
  for (;;) {
    // Each round reads about its share, so that the kills are spread over all of the work.
    const share = Math.max(1, Math.floor((readsWithoutKills / (kills + 1)) * (0.5 + random())));
    const killAfter = done < kills ? share : Infinity;
    const round = await runVictim([killed, docs, embedder, key], killAfter, Math.floor(random() * 150));
    reads += round.reads;
    if (round.hasSettled) break;
    done += 1;
    say(`kill ${done} after ${reads} of ${files} files`);
  }
  const [expected, found] = [await readIndex(whole, key), await readIndex(killed, key)];
  const differences = [
    ...expected.filter((line) => !found.includes(line)).map((line) => `- ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
  ];
  return { kills: done, reads, readsWithoutKills, differences, lines: expected.length };
}
