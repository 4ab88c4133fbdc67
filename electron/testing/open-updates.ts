import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '../egress/create-egress.ts';
import type { EgressLedger } from '../egress/egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import type { CheckedPackage } from '../platform/update-installer.ts';
import { createUpdatesService } from '../services/updates/create-updates-service.ts';
import type { UpdatesServiceOptions } from '../services/updates/create-updates-service.ts';
import type { UpdatesService } from '../services/updates/updates-service.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { settingsSchema } from '../shared/settings.ts';
import type { Settings } from '../shared/settings.ts';
import type { UpdateFeed } from '../shared/update.ts';
import { createHastyClock } from './open-downloads.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { createSeededRandom } from './seeded-random.ts';
import { createUpdateKeys, describeRelease, startUpdateFeedServer } from './update-feed-server.ts';
import type { UpdateFeedServer, UpdateKeys } from './update-feed-server.ts';

/** A place for updates, and services over it in one folder. */
export type UpdateBench = {
  readonly server: UpdateFeedServer;
  readonly keys: UpdateKeys;
  readonly folder: string;
  /** Of the package, 1.2 MB. */
  readonly bytes: Buffer;
  readonly installed: readonly CheckedPackage[];
  readonly ledger: readonly LedgerEntry[];
  /** Signs and serves a release of the package, changed as a test wants it. */
  release(change?: Parameters<typeof describeRelease>[1]): UpdateFeed;
  /** What else fetches from there is made of. */
  parts(settings?: Partial<Settings>): Pick<UpdatesServiceOptions, 'egress' | 'clock' | 'logger' | 'source'>;
  open(
    change?: Partial<Omit<UpdatesServiceOptions, 'settings'>> & { readonly settings?: Partial<Settings> },
  ): UpdatesService;
  files(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** What a person has who agreed. */
const agreed: Partial<Settings> = { isOffline: false, checksForUpdates: true, allowedPurposes: ['update-check'] };

const settingsWith =
  (changed: Partial<Settings> = {}) =>
  async (): Promise<Settings> => ({
    ...settingsSchema.parse({}),
    ...agreed,
    ...changed,
  });

/** Opens all of it; the version that runs is 0.1.0, an AppImage. */
export async function openUpdateBench(): Promise<UpdateBench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-updates-'));
  const [server, keys] = [await startUpdateFeedServer(), createUpdateKeys()];
  const random = createSeededRandom(7);
  const words = Uint32Array.from({ length: 300_000 }, () => random() * 0x1_0000_0000);
  const bytes = Buffer.from(words.buffer);
  const services: UpdatesService[] = [];
  const installed: CheckedPackage[] = [];
  const ledger = new Map<string, LedgerEntry>();
  const source: UpdatesServiceOptions['source'] = async () => ({
    address: server.address,
    redirectHosts: [],
    publicKeys: [keys.publicKey],
  });
  const createParts = (get: () => Promise<Settings>, clock = createHastyClock()) => {
    const kept: EgressLedger = {
      insert: async (entry) => void ledger.set(entry.id, entry),
      update: async (id, update) => {
        const entry = ledger.get(id);
        if (entry !== undefined) ledger.set(id, { ...entry, ...update });
      },
    };
    const egress = createEgress({ policy: createSettingsEgressPolicy(get), clock, ledger: kept });
    return { egress, clock, source };
  };
  return {
    server,
    keys,
    folder,
    bytes,
    installed,
    get ledger() {
      return [...ledger.values()];
    },
    release(change) {
      const feed = describeRelease(bytes, change);
      server.setFeed(keys.signed(JSON.stringify(feed)));
      for (const { name } of feed.packages) server.setPackage(name, bytes);
      return feed;
    },
    parts(changed = {}) {
      return { ...createParts(settingsWith(changed)), logger: createRecordingLogger() };
    },
    open({ settings: changed, ...change } = {}) {
      const get = settingsWith(changed);
      const service = createUpdatesService({
        ...createParts(get, change.clock),
        settings: { get },
        logger: createRecordingLogger(),
        version: '0.1.0',
        architecture: 'x64',
        installer: {
          kind: 'appimage',
          way: 'restart',
          install: async (checked) => {
            installed.push(checked);
            return 'restarting';
          },
        },
        folder,
        isBusy: async () => false,
        ...change,
      });
      services.push(service);
      return service;
    },
    files: async () => (await readdir(folder)).toSorted(),
    async close() {
      await Promise.all(services.map(async (service) => await service.close()));
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
