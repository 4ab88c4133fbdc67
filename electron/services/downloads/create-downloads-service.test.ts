import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { Download, DownloadState } from '../../shared/download.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import { startHubServer } from '../../testing/hub-server.ts';
import type { HubServer } from '../../testing/hub-server.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createHubService } from '../hub/create-hub-service.ts';
import type { InstalledFile } from '../models/models-service.ts';
import { createDownloadsService } from './create-downloads-service.ts';
import type { DownloadsServiceOptions } from './create-downloads-service.ts';
import { DownloadFolder } from './download-folder.ts';
import type { DownloadsService } from './downloads-service.ts';
import type { OpenPart } from './part-file.ts';

const embedder = join(import.meta.dirname, '../../../resources/models/all-MiniLM-L6-v2-Q8_0.gguf');
const repository = 'acme/Finder-GGUF';
const request = { repository, wanted: { quantisation: 'Q8_0' } } as const;
const signal = new AbortController().signal;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder = '';
let models = '';
let server: HubServer;
let bytes: Buffer;
let isOffline = false;
let installed: InstalledFile[] = [];
let putAside: string[] = [];
const openServices: DownloadsService[] = [];

/** Waits between tries take no time; all else is the real clock. */
const hastyClock = () => {
  const clock = createSystemClock();
  const delay: typeof clock.delay = async (ms, own) => await clock.delay(ms > 20_000 ? 400 : Math.min(ms, 5), own);
  return { ...clock, now: () => clock.now(), monotonicMs: () => clock.monotonicMs(), delay };
};

function openService(change: Partial<DownloadsServiceOptions> = {}): DownloadsService {
  const clock = hastyClock();
  const policy = createSettingsEgressPolicy(async () => ({
    isOffline,
    allowedPurposes: ['model-search', 'model-download'],
  }));
  const ledger = { insert: async () => undefined, update: async () => undefined };
  const egress = createEgress({ policy, ledger, clock });
  const service = createDownloadsService({
    hub: createHubService({ egress, clock, address: async () => server.address, token: async () => null }),
    folder: new DownloadFolder(models),
    clock,
    logger: createRecordingLogger(),
    random: () => 0,
    limit: async () => 2,
    recordInstalled: async (file) => void installed.push(file),
    putAside: async (path) => {
      putAside.push(path);
      await rm(path);
      return null;
    },
    modelIdOf: (digests) => modelIdSchema.parse(`sha256:${(digests[0] ?? '').slice(0, 16)}`),
    findInstalled: async () => null,
    goesOn: true,
    ...change,
  });
  openServices.push(service);
  return service;
}

/** The download as soon as it is in one of these states. */
async function when(service: DownloadsService, ...states: readonly DownloadState[]): Promise<Download> {
  for await (const [download] of service.watch(AbortSignal.timeout(20_000))) {
    if (download !== undefined && states.includes(download.state)) return download;
  }
  throw new Error(`It never was ${states.join(' or ')}, but ${JSON.stringify(service.list())}`);
}

const visible = async (): Promise<readonly string[]> =>
  (await readdir(models)).filter((name) => !name.startsWith('.')).sort();
const hidden = async (): Promise<readonly string[]> =>
  (await readdir(models)).filter((name) => name.startsWith('.sotto-download'));

beforeEach(async () => {
  [isOffline, installed, putAside] = [false, [], []];
  folder = await mkdtemp(join(tmpdir(), 'sotto-downloads-'));
  models = join(folder, 'models');
  bytes = await readFile(embedder);
  const put = async (path: string, content: Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, 'hub', path)), { recursive: true });
    await writeFile(join(folder, 'hub', path), content);
  };
  await put(`${repository}/finder-Q8_0.gguf`, bytes);
  await put(`${repository}/page-Q4_0.gguf`, Buffer.from('<html>Sign in to go on</html>'.repeat(1_000)));
  server = await startHubServer(join(folder, 'hub'));
});
afterEach(async () => {
  await Promise.all(openServices.splice(0).map(async (service) => await service.close()));
  await server.close();
  await rm(folder, { recursive: true });
});

// Each brings 25 MB over a real connection, some of them twice.
describe('createDownloadsService', { timeout: 30_000 }, () => {
  it('brings a model whole, under its name, with its origin, and leaves nothing else', async () => {
    const service = openService();
    const started = await service.start(request, signal);
    expect(started).toMatchObject({ name: 'Finder', quantisation: 'Q8_0', totalBytes: bytes.length });
    const done = await when(service, 'done', 'failed');
    expect(done).toMatchObject({ state: 'done', doneBytes: bytes.length, error: null });
    expect(await visible()).toEqual(['finder-Q8_0.gguf']);
    expect(sha256(await readFile(join(models, 'finder-Q8_0.gguf')))).toBe(sha256(bytes));
    expect(await hidden()).toEqual([]);
    expect(installed).toMatchObject([
      { sha256: sha256(bytes), origin: { from: 'hub', repository, path: 'finder-Q8_0.gguf', licence: 'apache-2.0' } },
    ]);
  });

  it.each([
    { kind: 'cut', afterBytes: 5_000_001 },
    { kind: 'reset', afterBytes: 7_000_000 },
    { kind: 'stall', afterBytes: 3_000_000 },
    { kind: 'server-error' },
    { kind: 'too-many-requests', retryAfterSeconds: 1 },
    { kind: 'wrong-content-range' },
    { kind: 'extra-bytes' },
    { kind: 'short-body' },
    { kind: 'gzip' },
  ] as const)('goes on after %j, and fetches little twice', async (fault) => {
    server.fail({ kind: 'cut', afterBytes: 2_000_000 }, fault);
    const service = openService();
    await service.start(request, signal);
    expect(await when(service, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(sha256(await readFile(join(models, 'finder-Q8_0.gguf')))).toBe(sha256(bytes));
    const sent = server.ranges.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    expect(sent - bytes.length).toBeLessThan(2 * 4 * 1024 * 1024);
  });

  it.each(['whole-for-part', 'changed-entity'] as const)('begins anew after %s', async (kind) => {
    server.fail({ kind: 'cut', afterBytes: 2_000_000 }, { kind });
    const service = openService();
    await service.start(request, signal);
    expect(await when(service, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(sha256(await readFile(join(models, 'finder-Q8_0.gguf')))).toBe(sha256(bytes));
  });

  it('keeps a file with a wrong byte from its name, puts it aside, and gets it right the next time', async () => {
    server.fail({ kind: 'wrong-bytes' });
    const service = openService();
    await service.start(request, signal);
    const failed = await when(service, 'done', 'failed');
    expect(failed).toMatchObject({ state: 'failed', doneBytes: 0, error: { code: 'download/damaged' } });
    expect(await visible()).toEqual([]);
    expect(putAside).toHaveLength(1);
    await service.resume(failed.id);
    expect(await when(service, 'done')).toMatchObject({ state: 'done' });
  });

  it.each(['redirect-to-http', 'redirect-to-private'] as const)('ends with a reason at a %s', async (kind) => {
    server.fail({ kind });
    const service = openService();
    await service.start(request, signal);
    expect(await when(service, 'failed')).toMatchObject({ error: { code: 'egress/not-allowed' } });
  });

  it('stops at the first bytes of what is no model', async () => {
    const service = openService();
    await service.start({ repository, wanted: { path: 'page-Q4_0.gguf' } }, signal);
    expect(await when(service, 'failed', 'done')).toMatchObject({
      error: { code: 'download/damaged', details: { reason: 'not-a-model' } },
    });
    expect(await visible()).toEqual([]);
  });

  it('pauses, and goes on after a restart from where it was', async () => {
    server.setRate(20_000_000);
    const service = openService();
    const { id } = await service.start(request, signal);
    for await (const [download] of service.watch(signal)) if ((download?.doneBytes ?? 0) > 4_000_000) break;
    await service.pause(id);
    await service.close();
    const again = openService();
    const waiting = await when(again, 'paused');
    expect(waiting.doneBytes).toBeGreaterThan(4_000_000);
    server.setRate(null);
    await again.resume(id);
    expect(await when(again, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(server.ranges.at(-1)?.start).toBe(waiting.doneBytes);
  });

  it('goes on by itself after an app that was closed in the middle', async () => {
    server.setRate(20_000_000);
    const service = openService();
    await service.start(request, signal);
    for await (const [download] of service.watch(signal)) if ((download?.doneBytes ?? 0) > 4_000_000) break;
    await service.close();
    server.setRate(null);
    const again = openService();
    expect(await when(again, 'done', 'failed')).toMatchObject({ state: 'done' });
    expect(sha256(await readFile(join(models, 'finder-Q8_0.gguf')))).toBe(sha256(bytes));
  });

  it('pauses with its reason when the lock is closed on the way', async () => {
    server.fail({ kind: 'cut', afterBytes: 2_000_000 });
    server.setRate(4_000_000);
    const service = openService();
    const started = await service.start(request, signal);
    isOffline = true;
    const paused = await when(service, 'paused', 'failed');
    expect(paused).toMatchObject({ id: started.id, state: 'paused', error: { code: 'egress/offline' } });
    isOffline = false;
    server.setRate(null);
    await service.resume(started.id);
    expect(await when(service, 'done', 'failed')).toMatchObject({ state: 'done' });
  });

  // A full disk in the middle must neither lose what is there nor leave half a write in it.
  it('says that the disk is full, keeps the bytes, and goes on when there is room', async () => {
    let isFull = true;
    const openPart: OpenPart = async (path) => {
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
          if (!isFull || size + length < 3_000_000) return await handle.write(piece, offset, length);
          await handle.write(piece, offset, Math.min(100, length));
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        }) as typeof handle.write,
      };
    };
    const service = openService({ openPart });
    const { id } = await service.start(request, signal);
    const full = await when(service, 'failed', 'done');
    expect(full).toMatchObject({ state: 'failed', error: { code: 'disk/full' } });
    expect(full.doneBytes).toBeGreaterThan(2_000_000);
    isFull = false;
    await service.resume(id);
    expect(await when(service, 'done')).toMatchObject({ state: 'done' });
    expect(sha256(await readFile(join(models, 'finder-Q8_0.gguf')))).toBe(sha256(bytes));
  });

  it('refuses what the hub does not have, and what is here already', async () => {
    const service = openService({ findInstalled: async () => 'Finder' });
    const missing = service.start({ repository, wanted: { quantisation: 'Q2_K' } }, signal);
    await expect(missing).rejects.toMatchObject({
      code: 'download/no-such-file',
      details: { quantisations: 'Q8_0, Q4_0' },
    });
    await expect(service.start(request, signal)).rejects.toMatchObject({ code: 'download/already-installed' });
    expect(service.list()).toEqual([]);
  });

  it('is the same download when it is asked for twice, and nothing is left of one that was cancelled', async () => {
    server.setRate(2_000_000);
    const service = openService();
    const [first, second] = [await service.start(request, signal), await service.start(request, signal)];
    expect(second.id).toBe(first.id);
    await service.cancel(first.id);
    expect(service.list()).toEqual([]);
    expect(await readdir(models)).toEqual([]);
  });

  it('leaves a download alone that another process is at', async () => {
    server.setRate(2_000_000);
    const service = openService();
    const { id } = await service.start(request, signal);
    await service.pause(id);
    // A process that surely lives, and is not this one.
    await writeFile(join(models, `.sotto-download-${id}.lock`), String(process.ppid));
    await service.resume(id);
    await when(service, 'paused');
    expect(await readFile(join(models, `.sotto-download-${id}.lock`), 'utf8')).toBe(String(process.ppid));
  });
});
