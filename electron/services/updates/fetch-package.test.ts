import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUpdateBench } from '../../testing/open-updates.ts';
import type { UpdateBench } from '../../testing/open-updates.ts';
import type { UpdatesService } from './updates-service.ts';

const name = 'Sotto-0.2.0-x64.AppImage';

let bench: UpdateBench;
let service: UpdatesService;
beforeEach(async () => {
  bench = await openUpdateBench();
  bench.release();
  service = bench.open();
  await service.check();
});
afterEach(async () => await bench.close());

const sizeOf = async (file: string): Promise<number | null> =>
  (await stat(join(bench.folder, file)).catch(() => null))?.size ?? null;
const ranges = (): readonly (string | null)[] => bench.server.requests.slice(1).map(({ range }) => range);

describe('a package whose connection fails', { timeout: 30_000 }, () => {
  it('goes on from where it was cut', async () => {
    bench.server.fail({ kind: 'cut', afterBytes: 400_000 });
    expect(await service.download()).toMatchObject({ phase: 'ready', error: null });
    expect(bench.bytes.equals(await readFile(join(bench.folder, name)))).toBe(true);
    expect(ranges().length).toBe(2);
    expect(ranges()[1]).toMatch(/^bytes=\d{5,}-$/);
  });

  it('goes on after a restart of the app', async () => {
    bench.server.fail({ kind: 'cut', afterBytes: 600_000 }, { kind: 'server-error' }, { kind: 'server-error' });
    expect(await service.download()).toMatchObject({ phase: 'idle', error: { code: 'update/unreachable' } });
    expect(await sizeOf(`${name}.part`)).toBeGreaterThan(0);
    await service.close();
    const again = bench.open();
    await again.check();
    expect(await again.download()).toMatchObject({ phase: 'ready' });
    expect(bench.server.requests.at(-1)?.range).toMatch(/^bytes=\d{5,}-$/);
    expect(bench.bytes.equals(await readFile(join(bench.folder, name)))).toBe(true);
  });

  // A rest that is put behind bytes of something else would only show at the end.
  it.each(['whole-for-part', 'other-part', 'stall'] as const)('gets it right after %s', async (kind) => {
    bench.server.fail(
      { kind: 'cut', afterBytes: 400_000 },
      kind === 'stall' ? { kind, afterBytes: 300_000 } : { kind },
    );
    expect(await service.download()).toMatchObject({ phase: 'ready', error: null });
    expect(bench.bytes.equals(await readFile(join(bench.folder, name)))).toBe(true);
  });

  it.each(['extra-bytes', 'short', 'html'] as const)('throws %s away at once, and keeps nothing', async (kind) => {
    bench.server.fail({ kind });
    expect(await service.download()).toMatchObject({ phase: 'idle', error: { code: 'update/damaged' } });
    expect(await sizeOf(name)).toBe(null);
    expect(await sizeOf(`${name}.part`)).toBe(0);
  });

  it('throws away what has the size and not the digest', async () => {
    bench.server.setPackage(name, Buffer.alloc(bench.bytes.length, 1));
    expect(await service.download()).toMatchObject({ phase: 'idle', error: { code: 'update/damaged' } });
    expect(await sizeOf(name)).toBe(null);
    expect(await sizeOf(`${name}.part`)).toBe(0);
    expect(await service.install()).toMatchObject({ phase: 'idle' });
    expect(bench.installed).toEqual([]);
  });

  it.each(['https://example.org/a', 'http://192.168.0.1/a', 'file:///etc/passwd'])(
    'does not follow to %s',
    async (to) => {
      bench.server.fail({ kind: 'redirect', to });
      expect(await service.download()).toMatchObject({ phase: 'idle', error: { code: 'egress/not-allowed' } });
    },
  );

  it('stops when a person says so, and keeps what is there', async () => {
    bench.server.setPace(30_000);
    const downloading = service.download();
    for await (const { doneBytes } of service.watch(AbortSignal.timeout(10_000))) if (doneBytes > 0) break;
    service.stop();
    expect(await downloading).toMatchObject({ phase: 'idle', error: null });
    expect(await sizeOf(`${name}.part`)).toBeGreaterThan(0);
    bench.server.setPace(null);
    expect(await service.download()).toMatchObject({ phase: 'ready' });
  });

  it('makes room for work that begins, and goes on after it', async () => {
    await service.close();
    let isBusy = false;
    const working = bench.open({ isBusy: async () => isBusy });
    await working.check();
    bench.server.setPace(30_000);
    const downloading = working.download();
    for await (const { phase, doneBytes } of working.watch(AbortSignal.timeout(20_000))) {
      if (phase === 'downloading' && doneBytes > 0) isBusy = true;
      if (phase === 'waiting') break;
    }
    bench.server.setPace(null);
    isBusy = false;
    expect(await downloading).toMatchObject({ phase: 'ready', error: null });
    expect(bench.bytes.equals(await readFile(join(bench.folder, name)))).toBe(true);
  });

  it('ends with the app in the middle of it', async () => {
    bench.server.setPace(20_000);
    const downloading = service.download();
    for await (const { doneBytes } of service.watch(AbortSignal.timeout(10_000))) if (doneBytes > 0) break;
    await service.close();
    await downloading;
    expect(await sizeOf(name)).toBe(null);
  });
});
