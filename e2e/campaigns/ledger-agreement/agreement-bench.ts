import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import { remoteKindSchema, type Remote, type RemoteKind } from '../../../electron/shared/remote.ts';
import { startFakeProvider, type FakeProviderServer } from '../../../electron/testing/fake-provider-server.ts';
import { startHubServer, type HubServer } from '../../../electron/testing/hub-server.ts';
import { buildModelFile } from '../../../electron/testing/test-models.ts';
import { endProcess, spawnHost } from '../../app/host-app.ts';
import { connectHost, type HostClient } from '../../app/host-client.ts';
import { readWire, wireTraceOptions, type Wire } from './read-wire.ts';

/** The built app with large models of every kind and a hub, all on this machine. */
export type AgreementBench = {
  readonly client: HostClient['client'];
  readonly provider: FakeProviderServer;
  readonly hub: HubServer;
  /** One of each kind in the cloud, and a server of one's own. */
  readonly remotes: readonly Remote[];
  /** Everything in the ledger, oldest first, once nothing of it is under way. */
  entries(): Promise<readonly LedgerEntry[]>;
  /** Ends the watch; null where the machine has no strace, or lets nobody watch. */
  endTrace(): Promise<Wire | null>;
  close(): Promise<void>;
};

/** A repository of the hub, and the file in it. */
export const hubRepository = 'acme/Tiny-GGUF';
export const hubFile = 'tiny-Q8_0.gguf';

const portOf = (address: string): number => Number(new URL(address).port);

async function addRemote(
  client: HostClient['client'],
  provider: FakeProviderServer,
  kind: RemoteKind,
  zone: Remote['zone'],
): Promise<Remote> {
  const text = {
    kind,
    zone,
    name: `${kind} ${zone}`,
    baseUrl: provider.baseUrl(kind),
    modelName: 'large',
    policyUrl: null,
  };
  const remote = await client.remotes.add(text);
  await client.keys.set({ owner: remote.id, secret: 'test-key' });
  return remote;
}

/** Watches every thread and process of the app, from when all of them are known. */
async function startTrace(pid: number, path: string): Promise<ChildProcess | null> {
  if (spawnSync('strace', ['-V']).status !== 0) return null;
  const options = wireTraceOptions.filter((option) => option !== '-qq' && option !== '--seccomp-bpf');
  const tracer = spawn('strace', [...options, '-o', path, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  tracer.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (/attached/.test(text)) resolve(true);
  });
  tracer.once('exit', () => resolve(false));
  return (await promise) ? tracer : null;
}

async function readEntries(client: HostClient['client']): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const before = entries.at(-1)?.id ?? null;
    const page = await client.privacy.ledger({ before, limit: 500 });
    entries.push(...page.entries);
    if (page.entries.length === 0 || before === entries.at(-1)?.id) return entries.reverse();
  }
}

/** Starts everything. The lock is open, every purpose is allowed, and requests leave without a preview. */
export async function openAgreementBench(seed: number): Promise<AgreementBench> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-ledger-'));
  const paths = { dataFolder: join(folder, 'data'), modelFolder: join(folder, 'models') };
  for (const path of [...Object.values(paths), join(folder, 'hub', hubRepository)])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(folder, 'hub', hubRepository, hubFile), buildModelFile('Tiny', 300_000));
  const provider = await startFakeProvider({ seed });
  const hub = await startHubServer(join(folder, 'hub'));
  const host = await spawnHost(paths);
  const { client, close } = await connectHost(host.url);
  for await (const { state } of await client.access.watch()) if (state === 'open') break;
  await client.access.keep({ keeping: 'passphrase', passphrase: 'four unrelated words' });
  await client.settings.update({
    isOffline: false,
    allowedPurposes: ['provider', 'model-search', 'model-download'],
    cloudMode: 'auto',
    hubAddress: hub.address,
    monthlyBudgetMicroDollars: 1_000_000_000,
    keepsSentBodies: true,
    hasAutomaticTitles: false,
  });
  const remotes: Remote[] = [];
  for (const kind of remoteKindSchema.options) remotes.push(await addRemote(client, provider, kind, 'cloud'));
  remotes.push(await addRemote(client, provider, 'openai-compatible', 'own-server'));
  const tracePath = join(folder, 'trace');
  const tracer = await startTrace(host.process.pid ?? -1, tracePath);
  return {
    client,
    provider,
    hub,
    remotes,
    async entries() {
      for (let tries = 0; ; tries += 1) {
        const entries = await readEntries(client);
        if (tries === 100 || entries.every(({ outcome }) => outcome !== 'pending')) return entries;
        await delay(100);
      }
    },
    async endTrace() {
      if (tracer === null) return null;
      tracer.kill('SIGINT');
      await once(tracer, 'exit');
      return readWire(readFileSync(tracePath, 'utf8'), new Set([portOf(provider.address), portOf(hub.address)]));
    },
    async close() {
      close();
      await endProcess(host.process);
      await provider.close();
      await hub.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
