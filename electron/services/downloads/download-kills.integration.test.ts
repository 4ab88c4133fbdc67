import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killAtByte } from '../../testing/download-trials.ts';
import { openDownloadBench, sha256Of } from '../../testing/open-downloads.ts';
import type { DownloadBench } from '../../testing/open-downloads.ts';

const mebibyte = 1024 * 1024;

let bench: DownloadBench;
beforeEach(async () => (bench = await openDownloadBench()));
afterEach(async () => await bench.close());

// Catches a record that is written late, a lock that outlives its process, and bytes that are fetched again.
it('goes on after its process was killed, twice, and fetches little again', { timeout: 120_000 }, async () => {
  bench.server.setRate(4_000_000);
  expect(await killAtByte(bench, 1_500_000)).toBe('killed');
  expect(await killAtByte(bench, 3_500_000)).toBe('killed');
  expect(await bench.visible()).toEqual([]);
  bench.server.setRate(null);
  expect(await killAtByte(bench, Infinity)).toBe('done');
  expect(sha256Of(await readFile(join(bench.models, 'finder-Q8_0.gguf')))).toBe(sha256Of(bench.bytes));
  expect(await bench.hidden()).toEqual([]);
  const starts = bench.server.ranges.map(({ start }) => start);
  expect(starts[0]).toBe(0);
  expect(starts[1]).toBeGreaterThan(1_000_000);
  expect(starts[2]).toBeGreaterThan(3_000_000);
  const received = bench.server.ranges.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  expect(received - bench.bytes.length).toBeLessThan(2 * 4 * mebibyte);
});

// Two apps over one folder: one of them writes, the other waits, and both end with the same file.
it('is brought by one of two processes', { timeout: 120_000 }, async () => {
  bench.server.setRate(4_000_000);
  const first = killAtByte(bench, Infinity);
  const program = join(import.meta.dirname, '../../testing/download-victim.ts');
  await expect.poll(async () => (await bench.hidden()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  const second = spawn(process.execPath, [program, bench.models, bench.server.address], { stdio: 'ignore' });
  const ended = once(second, 'exit');
  expect(await first).toBe('done');
  second.kill('SIGKILL');
  await ended;
  expect(bench.server.ranges).toHaveLength(1);
  expect(await bench.visible()).toEqual(['finder-Q8_0.gguf']);
});
