import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { Download } from '../../shared/download.ts';
import type { DownloadId } from '../../shared/ids.ts';
import { downloadWhen, openDownloadBench, sha256Of, testRepository } from '../../testing/open-downloads.ts';
import type { DownloadBench } from '../../testing/open-downloads.ts';
import { buildSplitModel } from '../../testing/split-model.ts';
import type { DownloadsService } from './downloads-service.ts';

const request = { repository: testRepository, wanted: { quantisation: 'Q8_0' } } as const;
const signal = new AbortController().signal;
/** Longer than a name may be: cut at the end, the parts would lose their numbers. */
const longName = `long-${'x'.repeat(130)}-Q4_K_M`;
const parts = buildSplitModel(longName, 3);

let bench: DownloadBench;
beforeEach(async () => {
  bench = await openDownloadBench(
    Object.fromEntries(parts.map(({ name, bytes }) => [`acme/Split-GGUF/${name}`, bytes])),
  );
});
afterEach(async () => await bench.close());

const expectTheFile = async (): Promise<void> => {
  expect(await bench.visible()).toEqual(['finder-Q8_0.gguf']);
  expect(sha256Of(await readFile(join(bench.models, 'finder-Q8_0.gguf')))).toBe(sha256Of(bench.bytes));
};
const lockOf = (id: DownloadId): string => join(bench.models, `.sotto-download-${id}.lock`);
/** A process that surely lives, and is not this one. */
const somebody = JSON.stringify({ pid: process.ppid, token: 'theirs' });

async function startSlowly(service: DownloadsService, bytes: number): Promise<Download> {
  bench.server.setRate(8_000_000);
  await service.start(request, signal);
  for await (const [download] of service.watch(signal)) {
    if (download !== undefined && download.doneBytes > bytes) return download;
  }
  throw new Error('It never came that far.');
}

describe('createDownloadsService', { timeout: 60_000 }, () => {
  it('brings a model whole, under its name, with its origin, and leaves nothing else', async () => {
    const service = bench.open();
    const started = await service.start(request, signal);
    expect(started).toMatchObject({ name: 'Finder', quantisation: 'Q8_0', totalBytes: bench.bytes.length });
    const done = await downloadWhen(service, 'done', 'failed');
    expect(done).toMatchObject({ state: 'done', doneBytes: bench.bytes.length, error: null });
    await expectTheFile();
    expect(await bench.hidden()).toEqual([]);
    const origin = { from: 'hub', repository: testRepository, path: 'finder-Q8_0.gguf', licence: 'apache-2.0' };
    expect(bench.installed).toMatchObject([{ sha256: sha256Of(bench.bytes), origin }]);
  });

  it('brings a model of several files as one, with names that stay apart', async () => {
    const service = bench.open();
    await service.start({ repository: 'acme/Split-GGUF', wanted: { quantisation: 'Q4_K_M' } }, signal);
    expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done', error: null });
    const names = await bench.visible();
    expect(names.map((name) => name.slice(-20))).toEqual(
      ['1', '2', '3'].map((number) => `-0000${number}-of-00003.gguf`),
    );
    for (const [index, name] of names.entries()) {
      expect(await readFile(join(bench.models, name))).toEqual(parts[index]?.bytes);
    }
    expect(bench.installed).toHaveLength(3);
  });

  it('takes a free name, never that of a file that is there', async () => {
    const service = bench.open();
    await service.start(request, signal);
    await downloadWhen(service, 'done');
    await writeFile(join(bench.models, 'finder-Q8_0.gguf'), 'mine');
    const again = bench.open();
    await again.start(request, signal);
    expect(await downloadWhen(again, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(await bench.visible()).toEqual(['finder-Q8_0 (2).gguf', 'finder-Q8_0.gguf']);
    expect(await readFile(join(bench.models, 'finder-Q8_0.gguf'), 'utf8')).toBe('mine');
  });

  it('pauses, and goes on after a restart from where it was', async () => {
    const service = bench.open();
    const { id } = await startSlowly(service, 2_000_000);
    await service.pause(id);
    await service.close();
    const again = bench.open();
    const waiting = await downloadWhen(again, 'paused');
    expect(waiting.doneBytes).toBeGreaterThan(2_000_000);
    bench.server.setRate(null);
    await again.resume(id);
    expect(await downloadWhen(again, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(bench.server.ranges.at(-1)?.start).toBe(waiting.doneBytes);
    await expectTheFile();
  });

  it('goes on by itself after an app that was closed in the middle, but not where a command is all there is', async () => {
    const service = bench.open();
    await startSlowly(service, 2_000_000);
    await service.close();
    bench.server.setRate(null);
    const terminal = bench.open({ goesOn: false });
    await downloadWhen(terminal, 'paused');
    await terminal.close();
    expect(await downloadWhen(bench.open(), 'done', 'failed')).toMatchObject({ state: 'done' });
    await expectTheFile();
  });

  it('pauses with its reason when the lock is closed on the way', async () => {
    let isOffline = false;
    const service = bench.open({ isOffline: () => isOffline });
    bench.server.fail({ kind: 'cut', afterBytes: 3_000_000 });
    const { id } = await startSlowly(service, 0);
    isOffline = true;
    const paused = await downloadWhen(service, 'paused', 'failed', 'done');
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'egress/offline' } });
    isOffline = false;
    await service.resume(id);
    expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done' });
  });

  it('tries again at once when a person says so', async () => {
    bench.server.fail({ kind: 'too-many-requests', retryAfterSeconds: 500 });
    const service = bench.open({ clock: createSystemClock() });
    const { id } = await service.start(request, signal);
    for await (const [download] of service.watch(signal)) if (download?.retryInMs != null) break;
    await service.resume(id);
    expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done' });
  });

  it('refuses what the hub does not have, what is here already, and what does not fit', async () => {
    const service = bench.open({ findInstalled: async () => 'Finder' });
    const missing = service.start({ repository: testRepository, wanted: { quantisation: 'Q2_K' } }, signal);
    await expect(missing).rejects.toMatchObject({ code: 'download/no-such-file', details: { quantisations: 'Q8_0' } });
    await expect(service.start(request, signal)).rejects.toMatchObject({ code: 'download/already-installed' });
    expect(service.list()).toEqual([]);
  });

  // A double click must not write one file twice at the same time.
  it('is the same download when it is asked for twice, and nothing is left of one that was cancelled', async () => {
    bench.server.setRate(2_000_000);
    const service = bench.open();
    const [first, second] = await Promise.all([service.start(request, signal), service.start(request, signal)]);
    expect(second.id).toBe(first.id);
    await service.cancel(first.id);
    expect(service.list()).toEqual([]);
    expect(await readdir(bench.models)).toEqual([]);
  });

  it('keeps within the limit, and starts the next one when there is a place', async () => {
    const service = bench.open({ limit: async () => 1 });
    bench.server.setRate(8_000_000);
    await service.start(request, signal);
    const other = await service.start({ repository: 'acme/Split-GGUF', wanted: { quantisation: 'Q4_K_M' } }, signal);
    expect(other.state).toBe('waiting');
    const most = { running: 0 };
    for await (const list of service.watch(signal)) {
      const running = list.filter(({ state }) => state === 'running' || state === 'checking').length;
      most.running = Math.max(most.running, running);
      if (list.every(({ state }) => state === 'done')) break;
    }
    expect(most.running).toBe(1);
  });

  it('leaves a download alone that another process is at, and takes it when that one is gone', async () => {
    bench.server.setRate(2_000_000);
    const service = bench.open();
    const { id } = await service.start(request, signal);
    await service.pause(id);
    await writeFile(lockOf(id), somebody);
    await service.resume(id);
    expect(await downloadWhen(service, 'waiting')).toMatchObject({ state: 'waiting' });
    for await (const [download] of service.watch(signal)) if (download?.error?.code === 'download/elsewhere') break;
    await expect(service.cancel(id)).rejects.toMatchObject({ code: 'download/elsewhere' });
    expect(await readFile(lockOf(id), 'utf8')).toBe(somebody);
    // The number of a process that is gone may be another program's by now; a lock that nobody touches is nobody's.
    await utimes(lockOf(id), 1_000, 1_000);
    bench.server.setRate(null);
    await service.resume(id);
    expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done' });
    await expectTheFile();
  });

  // Two apps over one folder: the second must neither write into the file nor bring it a second time.
  it('learns that another one has brought it', async () => {
    const [first, second] = [bench.open(), bench.open({ goesOn: false })];
    const { id } = await startSlowly(first, 1_000_000);
    const late = bench.open({ goesOn: false });
    await downloadWhen(late, 'paused');
    bench.server.setRate(null);
    await downloadWhen(first, 'done');
    await late.resume(id);
    for await (const list of late.watch(signal)) if (list.length === 0) break;
    expect(second.list()).toEqual([]);
    await expectTheFile();
  });

  it('leaves a damaged record alone, and the other downloads too', async () => {
    const service = bench.open();
    const { id } = await startSlowly(service, 1_000_000);
    await service.close();
    const damaged = '.sotto-download-0198c5a0-0000-7000-8000-000000000000.json';
    await writeFile(join(bench.models, damaged), '{"version":1,"parts":');
    bench.server.setRate(null);
    expect(await downloadWhen(bench.open(), 'done', 'failed')).toMatchObject({ id, state: 'done' });
    expect(await bench.hidden()).toEqual([damaged]);
  });
});
