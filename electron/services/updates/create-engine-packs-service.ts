import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Egress } from '../../egress/egress.ts';
import type { GraphicsDevices } from '../../inference/devices/graphics-devices.ts';
import { readEnginePack } from '../../inference/protocol/read-engine-pack.ts';
import type { Clock } from '../../platform/clock.ts';
import { checkRoom, toDiskError } from '../../platform/disk-room.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EnginePackState } from '../../shared/engine-pack.ts';
import { unpackedBytes } from './engine-pack-list.ts';
import type { EnginePack, EnginePackList } from './engine-pack-list.ts';
import type { EnginePacksService } from './engine-packs-service.ts';
import type { UpdateSender } from './fetch-feed.ts';
import { fetchPackage } from './fetch-package.ts';
import { unpackEnginePack } from './unpack-engine-pack.ts';
import { UpdateBoard } from './update-board.ts';
import type { UpdateSource } from './update-source.ts';

/** What the service is made of. */
export type EnginePacksServiceOptions = {
  readonly egress: Egress;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Null in a build that asks nobody. */
  readonly source: () => Promise<UpdateSource | null>;
  /** Null where nothing is listed. */
  readonly list: () => Promise<EnginePackList | null>;
  /** Operating system and architecture as Node names them, such as `linux-x64`. */
  readonly system: string;
  /** Absolute; the engine looks there. */
  readonly folder: string;
  readonly devices: Pick<GraphicsDevices, 'reports' | 'examineAgain'>;
  /** Whether a driver of NVIDIA is here. */
  readonly hasCard: () => Promise<boolean>;
};

const beforeAnything: EnginePackState = {
  phase: 'unavailable',
  sizeBytes: 0,
  unpackedBytes: 0,
  doneBytes: 0,
  host: null,
  error: null,
};

/** What there is for this computer, and who is asked for it. */
type Offer = { readonly pack: EnginePack; readonly library: string; readonly sender: UpdateSender };

class EnginePacks implements EnginePacksService {
  readonly #options: EnginePacksServiceOptions;
  readonly #board: UpdateBoard<EnginePackState>;
  readonly #closing = new AbortController();
  #offer: Promise<Offer | null> | null = null;
  #stopping: AbortController | null = null;
  #working: Promise<unknown> = Promise.resolve();

  constructor(options: EnginePacksServiceOptions) {
    this.#options = options;
    this.#board = new UpdateBoard(options.clock, beforeAnything);
  }

  async *watch(signal: AbortSignal): AsyncGenerator<EnginePackState, void, void> {
    await this.#find();
    yield* this.#board.watch(AbortSignal.any([signal, this.#closing.signal]));
  }

  async install(): Promise<EnginePackState> {
    const offer = await this.#find();
    if (offer === null || this.#board.state.phase !== 'offered') return this.#board.state;
    const stopping = new AbortController();
    this.#stopping = stopping;
    const signal = AbortSignal.any([stopping.signal, this.#closing.signal]);
    this.#board.set({ phase: 'downloading', error: null });
    this.#working = this.#bring(offer, signal).then(
      () => this.#board.set({ phase: 'installed' }),
      (error: unknown) => this.#fail(error, signal),
    );
    await this.#working;
    this.#stopping = null;
    return this.#board.state;
  }

  stop(): void {
    this.#stopping?.abort();
  }

  async remove(): Promise<EnginePackState> {
    if (this.#board.state.phase !== 'installed') return this.#board.state;
    const { folder, devices } = this.#options;
    this.#working = rm(folder, { recursive: true, force: true }).then(
      () => this.#board.set({ phase: 'offered', doneBytes: 0, error: null }),
      (error: unknown) => this.#fail(toDiskError(error), this.#closing.signal),
    );
    await this.#working;
    devices.examineAgain();
    return this.#board.state;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#offer, this.#working]);
  }

  /** Looked for once: neither the list nor the card changes while the app runs. */
  async #find(): Promise<Offer | null> {
    this.#offer ??= this.#look().catch((error: unknown) => {
      this.#options.logger.warn('engine-packs-not-found', { code: AppError.from(error).code });
      return null;
    });
    return await this.#offer;
  }

  async #look(): Promise<Offer | null> {
    const { source: readSource, list: readList, system, folder, hasCard, devices, egress, clock } = this.#options;
    const [source, list] = [await readSource(), await readList()];
    const pack = list?.packs.find((one) => one.system === system);
    if (source === null || list === null || pack === undefined) return null;
    const isInstalled = readEnginePack(folder)?.library === list.library;
    // Those of an earlier version of the app, or that somebody changed, serve nobody.
    if (!isInstalled) await rm(folder, { recursive: true, force: true });
    if (!isInstalled && !((await hasCard()) && (await isWithout(devices, this.#closing.signal)))) return null;
    this.#board.set({
      phase: isInstalled ? 'installed' : 'offered',
      sizeBytes: pack.sizeBytes,
      unpackedBytes: unpackedBytes(pack),
      host: new URL(source.address).host,
    });
    return { pack, library: list.library, sender: { egress, clock, source } };
  }

  async #bring({ pack, library, sender }: Offer, signal: AbortSignal): Promise<void> {
    const { folder, devices } = this.#options;
    const downloads = `${folder}.download`;
    await keepOnly(downloads, pack.name);
    await checkRoom(downloads, pack.sizeBytes + unpackedBytes(pack));
    const onBytes = (doneBytes: number): void => this.#board.set({ doneBytes });
    const path = await fetchPackage({ sender, wanted: pack, folder: downloads, onBytes }, signal);
    this.#board.set({ phase: 'unpacking' });
    await unpackEnginePack({ path, pack, library, folder }, signal);
    await rm(downloads, { recursive: true, force: true });
    devices.examineAgain();
  }

  #fail(error: unknown, signal: AbortSignal): void {
    const { phase } = this.#board.state;
    this.#board.set({ phase: phase === 'installed' ? phase : 'offered' });
    if (signal.aborted) return;
    const { code, message, details } = AppError.from(error);
    this.#options.logger.warn('engine-pack-failed', { code, message });
    this.#board.set({ error: { code, message, details } });
  }
}

async function isWithout(devices: EnginePacksServiceOptions['devices'], signal: AbortSignal): Promise<boolean> {
  const reports = await devices.reports(signal);
  return reports.find(({ backend }) => backend === 'cuda')?.problem === 'not-installed';
}

/** What was begun of another pack is of no use. */
async function keepOnly(folder: string, name: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const found of await readdir(folder)) {
      if (!found.startsWith(name)) await rm(join(folder, found), { recursive: true, force: true });
    }
  } catch (error) {
    throw toDiskError(error);
  }
}

/** Makes the service; nothing is looked for before somebody watches. */
export function createEnginePacksService(options: EnginePacksServiceOptions): EnginePacksService {
  return new EnginePacks(options);
}
