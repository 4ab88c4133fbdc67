// `npm run campaign -- document-fuzz [ROUNDS] [SEED] [PATTERN]`: crafted bombs and mutated documents of all formats against
// the supervised reader. PATTERN takes only fixtures and bombs whose names match. Ends with 1 when one led to anything but
// text or a typed error, took longer than 20 s (and the moment that it takes to end the process) or more than 512 MB, or
// opened a socket. A deadline that ended the reading is a typed error; how many there are is told.
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { mutateDocument } from '../../electron/testing/document-mutations.ts';
import { hostileDocuments } from '../../electron/testing/hostile-documents.ts';
import { createHostileReader, outcomeOf, readFixtures, traceParsing } from '../../electron/testing/read-hostile.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const rounds = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const pattern = new RegExp(process.argv[4] ?? '', 'i');

const slowLimitMs = 21_000;
const residentLimitBytes = 512 * 1024 * 1024;

type Trial = {
  readonly what: string;
  readonly outcome: string;
  readonly elapsedMs: number;
  readonly residentBytes: number;
};

const folder = await mkdtemp(join(tmpdir(), 'sotto-fuzz-'));
const reader = createHostileReader();
const trials: Trial[] = [];
let networkSockets = 0;

async function attempt(what: string, name: string, bytes: Buffer): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const startedMs = performance.now();
  const outcome = await outcomeOf(reader, path, name);
  const elapsedMs = performance.now() - startedMs;
  const trace = await traceParsing();
  networkSockets += trace.networkSockets;
  const trial = { what, outcome, elapsedMs, residentBytes: trace.peakResidentBytes };
  trials.push(trial);
  if (isBroken(trial)) await rename(path, join(folder, `broken-${trials.length}-${name}`));
  else await rm(path);
}

/** A promise that the reader did not keep. */
function isBroken({ outcome, elapsedMs }: Trial): boolean {
  return !/^(?:read|file\/[a-z-]+|parsing\/timeout)$/.test(outcome) || elapsedMs > slowLimitMs;
}

/** Tells what came out, slowest and largest first; true when a promise was broken. */
function report(title: string, done: readonly Trial[]): boolean {
  const counts = Map.groupBy(done, ({ outcome }) => outcome);
  console.log(`${title}: ${done.length} files.`);
  for (const [outcome, list] of [...counts].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${list.length}\t${outcome}`);
  }
  const slowest = done.toSorted((a, b) => b.elapsedMs - a.elapsedMs).slice(0, 5);
  for (const { what, elapsedMs, outcome } of slowest)
    console.log(`${(elapsedMs / 1_000).toFixed(1)} s\t${what}\t${outcome}`);
  const peakBytes = Math.max(0, ...done.map(({ residentBytes }) => residentBytes));
  const largest = done.find(({ residentBytes }) => residentBytes === peakBytes)?.what ?? 'none';
  console.log(
    `Largest process ${(peakBytes / 2 ** 20).toFixed(0)} MB at ${largest}, ${networkSockets} network sockets.`,
  );
  const broken = done.filter(isBroken);
  for (const { what, outcome, elapsedMs } of broken)
    console.error(`Broken: ${what}, ${outcome} after ${elapsedMs.toFixed(0)} ms`);
  return broken.length > 0 || networkSockets > 0 || peakBytes > residentLimitBytes;
}

try {
  for (const { name, make } of hostileDocuments) if (pattern.test(name)) await attempt(name, name, make());
  const areBombsBroken = report('Bombs', trials.splice(0));
  const random = createSeededRandom(seed);
  const fixtures = (await readFixtures()).filter(({ path }) => pattern.test(path));
  for (let round = 0; round < rounds && fixtures.length > 0; round += 1) {
    const fixture = fixtures[round % fixtures.length];
    if (!fixture) break;
    const name = `document${extname(fixture.path)}`;
    await attempt(
      `${basename(fixture.path)} round ${round} of seed ${seed}`,
      name,
      await mutateDocument(fixture.bytes, random),
    );
    if (round % 500 === 499) console.log(`${round + 1} of ${rounds}`);
  }
  const areMutationsBroken = trials.length > 0 && report('Mutations', trials);
  if (areBombsBroken || areMutationsBroken) process.exitCode = 1;
} finally {
  await reader.close();
  if (process.exitCode === 1) console.error(`What was broken by lies in ${folder}`);
  else await rm(folder, { recursive: true });
}
