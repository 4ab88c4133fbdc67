import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { downloadWhen, sha256Of, testRepository } from './open-downloads.ts';
import type { DownloadBench } from './open-downloads.ts';
import type { HubFault } from './hub-server-faults.ts';

const program = join(import.meta.dirname, 'download-victim.ts');

/** Runs the download in a process of its own and kills it (SIGKILL) when so many bytes are there; says how it ended. */
export async function killAtByte(bench: DownloadBench, atByte: number): Promise<string> {
  const child = spawn(process.execPath, [program, bench.models, bench.server.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let end = 'killed';
  for await (const line of createInterface({ input: child.stdout })) {
    if (!/^\d+$/.test(line)) end = line.trim();
    else if (Number(line) >= atByte) child.kill('SIGKILL');
  }
  await exited;
  return end;
}

/** What came of one download. */
export type DownloadTrial = {
  /** `identical`, `failed: CODE`, or in capitals what must never be. */
  readonly end: string;
  /** Bytes that were sent beyond those of the file. */
  readonly bytesTwice: number;
};

/** One download whose requests go wrong one after the other; leaves the folder as it was. */
export async function tryDownload(bench: DownloadBench, faults: readonly HubFault[]): Promise<DownloadTrial> {
  const rangesBefore = bench.server.ranges.length;
  bench.server.fail(...faults);
  const service = bench.open();
  await service.start({ repository: testRepository, wanted: { quantisation: 'Q8_0' } }, new AbortController().signal);
  const last = await downloadWhen(service, 'done', 'failed');
  await service.close();
  const trial = await judge(bench, last.state === 'done' ? null : (last.error?.code ?? 'NO REASON'));
  const sent = bench.server.ranges.slice(rangesBefore).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  await rm(bench.models, { recursive: true });
  return { end: trial, bytesTwice: sent - bench.bytes.length };
}

/** `code` is the reason of a failure; null when it says that it is done. */
async function judge(bench: DownloadBench, code: string | null): Promise<string> {
  const names = await bench.visible();
  const [name] = names;
  if (name === undefined) return code === null ? 'NO FILE' : `failed: ${code}`;
  const found = await readFile(join(bench.models, name));
  if (names.length > 1 || sha256Of(found) !== sha256Of(bench.bytes)) return 'WRONG FILE';
  return code === null ? 'identical' : 'FAILED, BUT THERE';
}
