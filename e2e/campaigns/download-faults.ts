// A model is downloaded again and again while the connection fails in every way that a hub on this machine can: each time
// at another byte.
//
//   npm run campaign -- download-faults [TIMES EACH, 200 unless told] [SEED]
//
// Prints for each kind how many ended identical, how many with a typed failure, and the most bytes that were fetched twice
// for one interruption. Ends with 1 for any other end, for a wrong file under a final name, and for more than 4 MiB.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '../../electron/egress/create-egress.ts';
import { createSystemClock } from '../../electron/platform/system-clock.ts';
import { createDownloadsService } from '../../electron/services/downloads/create-downloads-service.ts';
import { DownloadFolder } from '../../electron/services/downloads/download-folder.ts';
import { createHubService } from '../../electron/services/hub/create-hub-service.ts';
import type { Download } from '../../electron/shared/download.ts';
import { modelIdSchema } from '../../electron/shared/ids.ts';
import { startHubServer } from '../../electron/testing/hub-server.ts';
import type { HubServer } from '../../electron/testing/hub-server.ts';
import type { HubFault } from '../../electron/testing/hub-server-faults.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const times = Number(process.argv[2] ?? 200);
const random = createSeededRandom(Number(process.argv[3] ?? 1));
const repository = 'acme/Finder-GGUF';
const mostTwice = 4 * 1024 * 1024;
const embedder = join(import.meta.dirname, '../../resources/models/all-MiniLM-L6-v2-Q8_0.gguf');
const bytes = await readFile(embedder);
const digest = createHash('sha256').update(bytes).digest('hex');
const somewhere = (): number => Math.floor(random() * bytes.length);

const kinds: Readonly<Record<string, () => HubFault>> = {
  cut: () => ({ kind: 'cut', afterBytes: somewhere() }),
  reset: () => ({ kind: 'reset', afterBytes: somewhere() }),
  stall: () => ({ kind: 'stall', afterBytes: somewhere() }),
  'server-error': () => ({ kind: 'server-error' }),
  'too-many-requests': () => ({ kind: 'too-many-requests', retryAfterSeconds: 1 }),
  'wrong-content-range': () => ({ kind: 'wrong-content-range' }),
  'whole-for-part': () => ({ kind: 'whole-for-part' }),
  'changed-entity': () => ({ kind: 'changed-entity' }),
  'extra-bytes': () => ({ kind: 'extra-bytes' }),
  'short-body': () => ({ kind: 'short-body' }),
  'wrong-bytes': () => ({ kind: 'wrong-bytes' }),
  gzip: () => ({ kind: 'gzip' }),
  'redirect-to-http': () => ({ kind: 'redirect-to-http' }),
  'redirect-to-private': () => ({ kind: 'redirect-to-private' }),
};
/** What these send again is what the server chose to send, not what was asked for. */
const sendsAllAgain = new Set(['whole-for-part', 'changed-entity', 'wrong-bytes', 'short-body']);

/** Waits between tries are cut short; a stall counts after a fifth of a second. */
function hastyClock() {
  const clock = createSystemClock();
  const delay: typeof clock.delay = async (ms, signal) => await clock.delay(ms > 20_000 ? 200 : 1, signal);
  return { now: () => clock.now(), monotonicMs: () => clock.monotonicMs(), delay };
}

function openDownloads(models: string, server: HubServer) {
  const clock = hastyClock();
  const policy = { decide: async () => await Promise.resolve({ isAllowed: true } as const) };
  const ledger = { insert: async () => undefined, update: async () => undefined };
  const egress = createEgress({ policy, ledger, clock });
  return createDownloadsService({
    hub: createHubService({ egress, clock, address: async () => server.address, token: async () => null }),
    folder: new DownloadFolder(models),
    clock,
    logger: createRecordingLogger(),
    random,
    limit: async () => 1,
    recordInstalled: async () => undefined,
    putAside: async (path) => {
      await rm(path);
      return null;
    },
    modelIdOf: () => modelIdSchema.parse(`sha256:${digest.slice(0, 16)}`),
    findInstalled: async () => null,
    goesOn: false,
  });
}

type Trial = { readonly end: string; readonly bytesTwice: number };

/** One download with a cut somewhere, so that there is something to go on from, and then the fault. */
async function tryOnce(fault: HubFault, folder: string, server: HubServer): Promise<Trial> {
  const models = join(folder, 'models');
  const rangesBefore = server.ranges.length;
  server.fail({ kind: 'cut', afterBytes: somewhere() }, fault);
  const downloads = openDownloads(models, server);
  await downloads.start({ repository, wanted: { quantisation: 'Q8_0' } }, new AbortController().signal);
  let last: Download | undefined;
  for await (const [download] of downloads.watch(AbortSignal.timeout(60_000))) {
    last = download;
    if (download?.state === 'done' || download?.state === 'failed') break;
  }
  await downloads.close();
  const names = (await readdir(models)).filter((name) => !name.startsWith('.'));
  const [name] = names;
  const found =
    name === undefined
      ? null
      : createHash('sha256')
          .update(await readFile(join(models, name)))
          .digest('hex');
  await rm(models, { recursive: true });
  const sent = server.ranges.slice(rangesBefore).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  if (found !== null && found !== digest) return { end: 'WRONG FILE', bytesTwice: 0 };
  if (last?.state === 'done' && found === digest) return { end: 'identical', bytesTwice: sent - bytes.length };
  return { end: last?.state === 'failed' ? `failed: ${last.error?.code ?? 'NO REASON'}` : 'NO END', bytesTwice: 0 };
}

async function main(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-faults-'));
  await mkdir(join(folder, 'hub', repository), { recursive: true });
  await writeFile(join(folder, 'hub', repository, 'finder-Q8_0.gguf'), bytes);
  const server = await startHubServer(join(folder, 'hub'));
  let isGood = true;
  for (const [kind, fault] of Object.entries(kinds)) {
    const ends = new Map<string, number>();
    let twice = 0;
    for (let round = 0; round < times; round += 1) {
      const { end, bytesTwice } = await tryOnce(fault(), folder, server);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      // Two interruptions each: the cut and the fault.
      if (!sendsAllAgain.has(kind)) twice = Math.max(twice, bytesTwice / 2);
      if (/[A-Z]{2}/.test(end)) isGood = false;
    }
    if (twice > mostTwice) isGood = false;
    const told = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
    console.log(`${kind.padEnd(20)} ${told}; most fetched twice ${(twice / 1_048_576).toFixed(2)} MiB`);
  }
  await server.close();
  await rm(folder, { recursive: true });
  return isGood;
}

process.exitCode = (await main()) ? 0 : 1;
