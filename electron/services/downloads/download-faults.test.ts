import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadWhen, openDownloadBench, sha256Of, testRepository } from '../../testing/open-downloads.ts';
import type { DownloadBench } from '../../testing/open-downloads.ts';
import { quarantineFolderName } from '../models/quarantine.ts';
import type { OpenPart } from './part-file.ts';

const request = { repository: testRepository, wanted: { quantisation: 'Q8_0' } } as const;
const signal = new AbortController().signal;
const mebibyte = 1024 * 1024;

let bench: DownloadBench;
beforeEach(async () => {
  bench = await openDownloadBench({
    [`${testRepository}/page-Q4_0.gguf`]: Buffer.from('<html>Sign in to go on</html>'.repeat(100_000)),
  });
});
afterEach(async () => await bench.close());

const expectTheFile = async (): Promise<void> => {
  expect(await bench.visible()).toEqual(['finder-Q8_0.gguf']);
  expect(sha256Of(await readFile(join(bench.models, 'finder-Q8_0.gguf')))).toBe(sha256Of(bench.bytes));
};

/** A disk that is full at so many bytes, in the middle of a write. */
const fullAt = (limitBytes: () => number): OpenPart => {
  return async (path) => {
    const handle = await open(path, 'a+');
    return {
      read: handle.read.bind(handle),
      stat: handle.stat.bind(handle),
      datasync: handle.datasync.bind(handle),
      truncate: handle.truncate.bind(handle),
      close: handle.close.bind(handle),
      // The part of the type that is called has one form.
      write: (async (piece: Uint8Array, offset: number, length: number) => {
        const { size } = await handle.stat();
        if (size + length < limitBytes()) return await handle.write(piece, offset, length);
        await handle.write(piece, offset, Math.min(100, length));
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }) as typeof handle.write,
    };
  };
};

describe('a download whose connection fails', { timeout: 60_000 }, () => {
  it.each([
    { kind: 'cut', afterBytes: 3_000_001 },
    { kind: 'reset', afterBytes: 2_500_000 },
    { kind: 'stall', afterBytes: 3_000_000 },
    { kind: 'server-error' },
    { kind: 'too-many-requests', retryAfterSeconds: 1 },
    { kind: 'wrong-content-range' },
    { kind: 'extra-bytes' },
    { kind: 'gzip' },
  ] as const)('goes on after $kind, and fetches little twice', async (fault) => {
    bench.server.fail({ kind: 'cut', afterBytes: 2_000_000 }, fault);
    const service = bench.open();
    await service.start(request, signal);
    expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done' });
    await expectTheFile();
    const sent = bench.server.ranges.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    // What is thrown away with a packed body never was part of the file.
    const thrownAway = fault.kind === 'gzip' ? bench.bytes.length : 0;
    expect(sent - bench.bytes.length - thrownAway).toBeLessThan(2 * 4 * mebibyte);
  });

  // A rest that is put behind bytes of another file is a wrong file of the right size.
  it.each(['whole-for-part', 'changed-entity', 'changed-part', 'range-refused', 'short-body'] as const)(
    'gets it right after %s',
    async (kind) => {
      bench.server.fail({ kind: 'cut', afterBytes: 2_000_000 }, { kind });
      const service = bench.open();
      await service.start(request, signal);
      expect(await downloadWhen(service, 'done', 'failed')).toMatchObject({ state: 'done' });
      await expectTheFile();
    },
  );

  it('keeps a file with a wrong byte from its name, puts it aside, and gets it right the next time', async () => {
    bench.server.fail({ kind: 'wrong-bytes' });
    const service = bench.open();
    await service.start(request, signal);
    const failed = await downloadWhen(service, 'done', 'failed');
    expect(failed).toMatchObject({ state: 'failed', doneBytes: 0, error: { code: 'download/damaged' } });
    expect(await bench.visible()).toEqual([]);
    expect(await readdir(join(bench.models, quarantineFolderName))).toContain('finder-Q8_0.gguf');
    await service.resume(failed.id);
    expect(await downloadWhen(service, 'done')).toMatchObject({ state: 'done' });
    await expectTheFile();
  });

  it.each(['redirect-to-http', 'redirect-to-private'] as const)('ends with a reason at a %s', async (kind) => {
    bench.server.fail({ kind });
    const service = bench.open();
    await service.start(request, signal);
    expect(await downloadWhen(service, 'failed')).toMatchObject({ error: { code: 'egress/not-allowed' } });
  });

  // A page that says no would otherwise be fetched to its end, gigabytes of it, and then be called damaged.
  it('stops at the first bytes of what is no model, and keeps none of them', async () => {
    bench.server.setRate(1_000_000);
    const service = bench.open();
    await service.start({ repository: testRepository, wanted: { path: 'page-Q4_0.gguf' } }, signal);
    expect(await downloadWhen(service, 'failed', 'done')).toMatchObject({
      state: 'failed',
      doneBytes: 0,
      error: { code: 'model/not-a-model', details: { name: 'page-Q4_0.gguf' } },
    });
    expect(await bench.visible()).toEqual([]);
    expect((await bench.hidden()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('gives up after a while when nothing comes, and goes on when a person says so', async () => {
    bench.server.fail(...Array.from({ length: 8 }, () => ({ kind: 'server-error' }) as const));
    const service = bench.open();
    await service.start(request, signal);
    const failed = await downloadWhen(service, 'failed', 'done');
    expect(failed).toMatchObject({ state: 'failed', retryInMs: null, error: { code: 'hub/busy' } });
    await service.resume(failed.id);
    expect(await downloadWhen(service, 'done')).toMatchObject({ state: 'done', error: null });
  });

  // A full disk in the middle must neither lose what is there nor leave half a write in it.
  it('says that the disk is full, keeps the bytes, and goes on when there is room', async () => {
    let limitBytes = 3_000_000;
    const service = bench.open({ openPart: fullAt(() => limitBytes) });
    const { id } = await service.start(request, signal);
    const full = await downloadWhen(service, 'failed', 'done');
    expect(full).toMatchObject({ state: 'failed', error: { code: 'disk/full' } });
    expect(full.doneBytes).toBeGreaterThan(2_000_000);
    limitBytes = Infinity;
    await service.resume(id);
    expect(await downloadWhen(service, 'done')).toMatchObject({ state: 'done' });
    await expectTheFile();
  });
});
