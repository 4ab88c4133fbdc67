import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEgress } from '../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import type { Clock } from '../platform/clock.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createDownloadsService } from '../services/downloads/create-downloads-service.ts';
import type { DownloadsServiceOptions } from '../services/downloads/create-downloads-service.ts';
import { DownloadFolder } from '../services/downloads/download-folder.ts';
import type { DownloadsService } from '../services/downloads/downloads-service.ts';
import { createHubService } from '../services/hub/create-hub-service.ts';
import { modelIdOf } from '../services/models/hash-model-file.ts';
import { Quarantine } from '../services/models/quarantine.ts';
import type { InstalledFile } from '../services/models/models-service.ts';
import { digestOfParts } from '../services/models/split-files.ts';
import type { Download, DownloadState } from '../shared/download.ts';
import { startHubServer } from './hub-server.ts';
import type { HubServer } from './hub-server.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { createSeededRandom } from './seeded-random.ts';
import { buildModelFile } from './test-models.ts';

/** Where the made hub has its model. */
export const testRepository = 'acme/Finder-GGUF';

/** Hexadecimal SHA-256. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A sound model of so many bytes, no two stretches of which are the same: one that is misplaced shows. */
export function buildDownloadable(sizeBytes: number): Buffer {
  const random = createSeededRandom(sizeBytes);
  const bytes = buildModelFile('Finder', sizeBytes);
  for (let at = bytes.length - sizeBytes; at + 4 <= bytes.length; at += 4) {
    bytes.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  }
  return bytes.subarray(0, sizeBytes);
}

/** Waits between tries take no time, and a stall is one after a short while; all else is the real clock. */
export function createHastyClock(): Clock {
  const clock = createSystemClock();
  const delay: Clock['delay'] = async (ms, signal) => await clock.delay(ms > 20_000 ? 400 : Math.min(ms, 5), signal);
  return { now: () => clock.now(), monotonicMs: () => clock.monotonicMs(), delay };
}

/** The real service over a folder and a hub's address; `isOffline` is the lock. */
export function openDownloads(
  models: string,
  address: string,
  change: Partial<DownloadsServiceOptions> & { readonly isOffline?: () => boolean } = {},
): DownloadsService {
  const clock = change.clock ?? createHastyClock();
  const policy = createSettingsEgressPolicy(async () => ({
    isOffline: change.isOffline?.() ?? false,
    allowedPurposes: ['model-search', 'model-download'],
  }));
  const ledger = { insert: async () => undefined, update: async () => undefined };
  const egress = createEgress({ policy, ledger, clock });
  const quarantine = new Quarantine(models, () => clock.now());
  return createDownloadsService({
    hub: createHubService({ egress, clock, address: async () => address, token: async () => null }),
    folder: new DownloadFolder(models),
    clock,
    logger: createRecordingLogger(),
    random: () => 0,
    limit: async () => 2,
    recordInstalled: async () => undefined,
    putAside: async (path, reason, name) => await quarantine.put(path, reason, name),
    modelIdOf: (digests) => modelIdOf(digestOfParts(digests)),
    findInstalled: async () => null,
    goesOn: true,
    ...change,
  });
}

/** The first download as soon as it is in one of these states. Throws after a minute. */
export async function downloadWhen(service: DownloadsService, ...states: readonly DownloadState[]): Promise<Download> {
  for await (const [download] of service.watch(AbortSignal.timeout(60_000))) {
    if (download !== undefined && states.includes(download.state)) return download;
  }
  throw new Error(`It never was ${states.join(' or ')}, but ${JSON.stringify(service.list())}`);
}

/** A hub on this machine, a model folder, and services over both. */
export type DownloadBench = {
  readonly server: HubServer;
  readonly models: string;
  /** Of the model `finder-Q8_0.gguf`, 6 MiB. */
  readonly bytes: Buffer;
  readonly installed: readonly InstalledFile[];
  open(change?: Parameters<typeof openDownloads>[2]): DownloadsService;
  /** Names of the model folder that a person sees, in order. */
  visible(): Promise<readonly string[]>;
  /** Names of what downloads have there. */
  hidden(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** Opens all of it in a temporary folder; `files` are further files of the hub by path. */
export async function openDownloadBench(files: Readonly<Record<string, Uint8Array>> = {}): Promise<DownloadBench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-downloads-'));
  const models = join(folder, 'models');
  const bytes = buildDownloadable(6 * 1024 * 1024);
  for (const [path, content] of Object.entries({ [`${testRepository}/finder-Q8_0.gguf`]: bytes, ...files })) {
    await mkdir(dirname(join(folder, 'hub', path)), { recursive: true });
    await writeFile(join(folder, 'hub', path), content);
  }
  const server = await startHubServer(join(folder, 'hub'));
  const services: DownloadsService[] = [];
  const installed: InstalledFile[] = [];
  const names = async (): Promise<readonly string[]> =>
    (await readdir(models).catch(() => [])).toSorted((one, other) => (one < other ? -1 : 1));
  return {
    server,
    models,
    bytes,
    installed,
    open(change) {
      const recordInstalled = async (file: InstalledFile): Promise<void> => {
        await readFile(file.path);
        installed.push(file);
      };
      const service = openDownloads(models, server.address, { recordInstalled, ...change });
      services.push(service);
      return service;
    },
    visible: async () => (await names()).filter((name) => !name.startsWith('.')),
    hidden: async () => (await names()).filter((name) => name.startsWith('.sotto-download')),
    async close() {
      await Promise.all(services.map(async (service) => await service.close()));
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
