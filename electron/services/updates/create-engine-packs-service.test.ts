import { createHash } from 'node:crypto';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnginePack } from '../../inference/protocol/read-engine-pack.ts';
import type { BackendReport } from '../../shared/machine.ts';
import type { EnginePackState } from '../../shared/engine-pack.ts';
import { openUpdateBench } from '../../testing/open-updates.ts';
import type { UpdateBench } from '../../testing/open-updates.ts';
import { createEnginePacksService } from './create-engine-packs-service.ts';
import type { EnginePackList } from './engine-pack-list.ts';
import type { EnginePacksService } from './engine-packs-service.ts';

const name = 'Sotto-cuda-3.0.0-linux-x64.gz';
const library = '3.0.0';
const withoutCuda: BackendReport = { backend: 'cuda', isUsable: false, devices: [], problem: 'not-installed' };

let bench: UpdateBench;
let folder: string;
let examined: number;
let services: EnginePacksService[];
beforeEach(async () => {
  bench = await openUpdateBench();
  folder = join(bench.folder, 'engines', 'cuda');
  examined = 0;
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map(async (service) => await service.close()));
  await bench.close();
});

/** Serves the bytes as a pack, and lists what a test wants of it. */
function publish(change: { readonly served?: Buffer; readonly firstBytes?: number } = {}): EnginePackList {
  const { bytes } = bench;
  const packed = change.served ?? gzipSync(bytes);
  bench.server.setPackage(name, packed);
  const first = change.firstBytes ?? 400_000;
  return {
    format: 1,
    library,
    packs: [
      {
        system: 'linux-x64',
        name,
        sizeBytes: packed.length,
        sha512: createHash('sha512').update(packed).digest('hex'),
        packages: [
          { name: 'linux-x64-cuda', files: [{ path: 'bins/linux-x64-cuda/libllama.so', sizeBytes: first }] },
          {
            name: 'linux-x64-cuda-ext',
            files: [{ path: 'bins/linux-x64-cuda/fallback/libggml-cuda.so', sizeBytes: bytes.length - 400_000 }],
          },
        ],
      },
    ],
  };
}

function open(
  list: EnginePackList | null,
  change: { readonly hasCard?: boolean; readonly report?: BackendReport } = {},
) {
  const service = createEnginePacksService({
    ...bench.parts(),
    list: async () => list,
    system: 'linux-x64',
    folder,
    devices: { reports: async () => [change.report ?? withoutCuda], examineAgain: () => void (examined += 1) },
    hasCard: async () => change.hasCard ?? true,
  });
  services.push(service);
  return service;
}

async function stateOf(service: EnginePacksService): Promise<EnginePackState> {
  for await (const state of service.watch(new AbortController().signal)) return state;
  throw new Error('It said nothing.');
}

const left = async (): Promise<readonly string[]> => await readdir(join(bench.folder, 'engines')).catch(() => []);

describe('libraries of the engine that come on a click', { timeout: 30_000 }, () => {
  it('puts the libraries where the engine looks, byte for byte, and has the devices examined', async () => {
    const service = open(publish());
    expect(await stateOf(service)).toMatchObject({ phase: 'offered', unpackedBytes: bench.bytes.length });
    expect(bench.server.requests).toEqual([]);
    expect(await service.install()).toMatchObject({ phase: 'installed', error: null });
    const main = await readFile(join(folder, 'linux-x64-cuda/bins/linux-x64-cuda/libllama.so'));
    const further = await readFile(join(folder, 'linux-x64-cuda-ext/bins/linux-x64-cuda/fallback/libggml-cuda.so'));
    expect(Buffer.concat([main, further]).equals(bench.bytes)).toBe(true);
    expect(readEnginePack(folder)).toMatchObject({ library });
    expect(examined).toBe(1);
    expect(await left()).toEqual(['cuda']);
    expect(bench.ledger).toMatchObject([{ purpose: 'update-check', outcome: 'completed' }]);
  });

  it('goes on after a restart from what was fetched', async () => {
    const list = publish();
    bench.server.fail({ kind: 'cut', afterBytes: 600_000 }, { kind: 'server-error' }, { kind: 'server-error' });
    const first = open(list);
    expect(await first.install()).toMatchObject({ phase: 'offered', error: { code: 'update/unreachable' } });
    expect(readEnginePack(folder)).toBeNull();
    await first.close();
    expect(await open(list).install()).toMatchObject({ phase: 'installed' });
    expect(bench.server.requests.at(-1)?.range).toMatch(/^bytes=\d{5,}-$/);
  });

  // Catches libraries that are run although somebody else made them: the list came with the app, the file did not.
  it('takes nothing whose digest is another, however well it unpacks', async () => {
    const list = publish();
    const other = gzipSync(Buffer.alloc(bench.bytes.length, 1), { level: 0 }).subarray(0, list.packs[0]?.sizeBytes);
    bench.server.setPackage(name, Buffer.concat([other, Buffer.alloc((list.packs[0]?.sizeBytes ?? 0) - other.length)]));
    expect(await open(list).install()).toMatchObject({ phase: 'offered', error: { code: 'update/damaged' } });
    expect(readEnginePack(folder)).toBeNull();
  });

  it.each([
    ['holds less than its list says', { firstBytes: 400_001 }],
    ['holds more than its list says', { firstBytes: 399_999 }],
    ['is not packed at all', { served: Buffer.alloc(50_000, 7) }],
  ])('leaves nothing half done of a pack that %s', async (_what, change) => {
    expect(await open(publish(change)).install()).toMatchObject({
      phase: 'offered',
      error: { code: 'update/damaged' },
    });
    expect(readEnginePack(folder)).toBeNull();
    expect(await left()).not.toContain('cuda.new');
    expect(await left()).not.toContain('cuda');
  });

  it('offers nothing without a card, a list, a place to ask, or where the app has CUDA', async () => {
    expect(await stateOf(open(publish(), { hasCard: false }))).toMatchObject({ phase: 'unavailable' });
    expect(await stateOf(open(null))).toMatchObject({ phase: 'unavailable' });
    const report: BackendReport = { backend: 'cuda', isUsable: true, devices: [], problem: null };
    expect(await stateOf(open(publish(), { report }))).toMatchObject({ phase: 'unavailable' });
    expect(await open(null).install()).toMatchObject({ phase: 'unavailable' });
    expect(bench.server.requests).toEqual([]);
  });

  it('knows what is installed at the next start, and removes it', async () => {
    const list = publish();
    await open(list).install();
    const next = open(list, { report: { ...withoutCuda, problem: null } });
    expect(await stateOf(next)).toMatchObject({ phase: 'installed' });
    expect(await next.remove()).toMatchObject({ phase: 'offered' });
    expect(await left()).toEqual([]);
    expect(examined).toBe(2);
  });

  // Catches code that another program put there: it must not be run, and must not be called installed.
  it('does not believe a library that was changed since, nor one of another version', async () => {
    const list = publish();
    await open(list).install();
    const path = join(folder, 'linux-x64-cuda/bins/linux-x64-cuda/libllama.so');
    const { atime, mtime } = await stat(path);
    await writeFile(path, Buffer.alloc(400_000));
    await utimes(path, atime, new Date(mtime.getTime() + 1_000));
    expect(readEnginePack(folder)).toBeNull();
    expect(await stateOf(open(list))).toMatchObject({ phase: 'offered' });
    expect(await left()).toEqual([]);
    await open(list).install();
    expect(await stateOf(open({ ...list, library: '3.0.1' }))).toMatchObject({ phase: 'offered' });
    expect(await left()).toEqual([]);
  });

  it('stops when a person says so, and keeps what was fetched', async () => {
    bench.server.setPace(20_000);
    const service = open(publish());
    const installing = service.install();
    for await (const { doneBytes } of service.watch(new AbortController().signal)) if (doneBytes > 50_000) break;
    service.stop();
    expect(await installing).toMatchObject({ phase: 'offered', error: null });
    expect(await left()).toEqual(['cuda.download']);
    bench.server.setPace(null);
    expect(await service.install()).toMatchObject({ phase: 'installed' });
  });

  it('asks nobody while the lock is closed', async () => {
    const service = createEnginePacksService({
      ...bench.parts({ isOffline: true }),
      list: async () => publish(),
      system: 'linux-x64',
      folder,
      devices: { reports: async () => [withoutCuda], examineAgain: () => undefined },
      hasCard: async () => true,
    });
    expect(await service.install()).toMatchObject({ phase: 'offered', error: { code: 'egress/offline' } });
    expect(bench.server.requests).toEqual([]);
    await service.close();
  });
});
