// A model is downloaded again and again while the connection, the server or the process fails, each time at another byte.
//
//   npm run campaign -- download-faults [TIMES EACH, 200 unless told] [SEED] [KIND]
//
// Prints for each kind how many ended identical, how many with a typed failure, and the most bytes that were fetched twice
// for one interruption. Ends with 1 for any other end, for a wrong file under a final name, and for more than 4 MiB.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { killAtByte, tryDownload } from '../../electron/testing/download-trials.ts';
import type { DownloadTrial } from '../../electron/testing/download-trials.ts';
import type { HubFault } from '../../electron/testing/hub-server-faults.ts';
import { openDownloadBench, sha256Of } from '../../electron/testing/open-downloads.ts';
import type { DownloadBench } from '../../electron/testing/open-downloads.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const times = Number(process.argv[2] ?? 200);
const random = createSeededRandom(Number(process.argv[3] ?? 1));
const wanted = process.argv[4];
const mostTwice = 4 * 1024 * 1024;

type Kind = {
  readonly fault: (somewhere: () => number) => HubFault;
  /** Why bytes that come again are not counted: the server chose to send them, or the file that came is thrown away. */
  readonly sendsAgain?: true;
};

const kinds: Readonly<Record<string, Kind>> = {
  cut: { fault: (somewhere) => ({ kind: 'cut', afterBytes: somewhere() }) },
  reset: { fault: (somewhere) => ({ kind: 'reset', afterBytes: somewhere() }) },
  stall: { fault: (somewhere) => ({ kind: 'stall', afterBytes: somewhere() }) },
  'server-error': { fault: () => ({ kind: 'server-error' }) },
  'too-many-requests': { fault: () => ({ kind: 'too-many-requests', retryAfterSeconds: 1 }) },
  'wrong-content-range': { fault: () => ({ kind: 'wrong-content-range' }) },
  'whole-for-part': { fault: () => ({ kind: 'whole-for-part' }), sendsAgain: true },
  'changed-entity': { fault: () => ({ kind: 'changed-entity' }), sendsAgain: true },
  'changed-part': { fault: () => ({ kind: 'changed-part' }), sendsAgain: true },
  'range-refused': { fault: () => ({ kind: 'range-refused' }), sendsAgain: true },
  'extra-bytes': { fault: () => ({ kind: 'extra-bytes' }) },
  'short-body': { fault: () => ({ kind: 'short-body' }) },
  'wrong-bytes': { fault: () => ({ kind: 'wrong-bytes' }), sendsAgain: true },
  gzip: { fault: () => ({ kind: 'gzip' }), sendsAgain: true },
  'redirect-to-http': { fault: () => ({ kind: 'redirect-to-http' }) },
  'redirect-to-private': { fault: () => ({ kind: 'redirect-to-private' }) },
};

type Tally = { readonly ends: Map<string, number>; mostTwice: number };

function tell(kind: string, { ends, mostTwice: bytes }: Tally, isCounted: boolean): void {
  const told = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
  const twice = isCounted ? `${(bytes / 1_048_576).toFixed(2)} MiB` : 'not counted';
  console.log(`${kind.padEnd(20)} ${told}; most fetched twice for one interruption: ${twice}`);
}

async function repeat(
  kind: string,
  isCounted: boolean,
  tryOnce: () => Promise<DownloadTrial & { readonly interruptions: number }>,
): Promise<boolean> {
  const tally: Tally = { ends: new Map(), mostTwice: 0 };
  for (let round = 0; round < times; round += 1) {
    const { end, bytesTwice, interruptions } = await tryOnce();
    tally.ends.set(end, (tally.ends.get(end) ?? 0) + 1);
    tally.mostTwice = Math.max(tally.mostTwice, end === 'identical' ? bytesTwice / interruptions : 0);
  }
  tell(kind, tally, isCounted);
  const isTyped = [...tally.ends.keys()].every((end) => end === 'identical' || /^failed: [a-z]+\/[a-z-]+$/.test(end));
  return isTyped && (!isCounted || tally.mostTwice <= mostTwice);
}

/** Kills the process somewhere, and lets another one bring the rest. */
async function tryKill(bench: DownloadBench): Promise<DownloadTrial & { readonly interruptions: number }> {
  const before = bench.server.ranges.length;
  bench.server.setRate(12_000_000);
  const first = await killAtByte(bench, Math.floor(random() * bench.bytes.length));
  bench.server.setRate(null);
  const last = first === 'killed' ? await killAtByte(bench, Infinity) : first;
  const sent = bench.server.ranges.slice(before).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const names = (await readdir(bench.models)).filter((name) => !name.startsWith('.'));
  const isSame = sha256Of(await readFile(join(bench.models, names[0] ?? ''))) === sha256Of(bench.bytes);
  await rm(bench.models, { recursive: true });
  const end = last === 'done' && names.length === 1 && isSame ? 'identical' : `WRONG: ${last}, ${names.join()}`;
  return { end, bytesTwice: sent - bench.bytes.length, interruptions: 1 };
}

async function main(): Promise<boolean> {
  const bench = await openDownloadBench();
  const somewhere = (): number => 1 + Math.floor(random() * (bench.bytes.length - 1));
  let isGood = true;
  try {
    for (const [kind, { fault, sendsAgain }] of Object.entries(kinds)) {
      if (wanted !== undefined && wanted !== kind) continue;
      const tryOnce = async () => {
        // Cut somewhere first, so that there is something to go on from.
        const faults = [{ kind: 'cut', afterBytes: somewhere() }, fault(somewhere)] as const;
        return { ...(await tryDownload(bench, faults)), interruptions: faults.length };
      };
      isGood = (await repeat(kind, sendsAgain !== true, tryOnce)) && isGood;
    }
    if (wanted === undefined || wanted === 'kill') {
      isGood = (await repeat('kill', true, async () => await tryKill(bench))) && isGood;
    }
  } finally {
    await bench.close();
  }
  return isGood;
}

process.exitCode = (await main()) ? 0 : 1;
