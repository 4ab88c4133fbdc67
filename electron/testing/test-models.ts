import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createModelsService } from '../services/models/create-models-service.ts';
import type { ModelsServiceOptions } from '../services/models/create-models-service.ts';
import type { ModelsService } from '../services/models/models-service.ts';
import { createRunsService } from '../services/runs/create-runs-service.ts';
import type { RunsService } from '../services/runs/runs-service.ts';
import type { SettingsService } from '../services/settings/settings-service.ts';
import { AppError } from '../shared/app-error.ts';
import { createId, fileTicketSchema } from '../shared/ids.ts';
import type { FileTicket, ModelId } from '../shared/ids.ts';
import { settingsSchema } from '../shared/settings.ts';
import type { Settings } from '../shared/settings.ts';
import { createFakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { gguf, withEntry, writeGguf } from './gguf-writer.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** A sound chat model with a content of its own; `extraBytes` make it larger. */
export function buildModelFile(name: string, extraBytes = 0): Buffer {
  return Buffer.concat([writeGguf(withEntry('general.name', gguf.text(name))), Buffer.alloc(extraBytes)]);
}

/** Settings in memory. */
export function createMemorySettings(): SettingsService {
  const listeners = new Set<(settings: Settings) => void>();
  let settings = settingsSchema.parse({});
  return {
    get: async () => settings,
    update: async (patch) => {
      settings = settingsSchema.parse({ ...settings, ...patch });
      for (const listener of listeners) listener(settings);
      return settings;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A fit that knows nothing, as before anything was probed. */
export const noFit: ModelsServiceOptions['fit'] = {
  async predict() {
    throw new AppError('app/unexpected', 'Nothing is predicted here.');
  },
  measurements: async () => [],
};

/** An engine in which nothing is loaded. */
export const idleEngine: ModelsServiceOptions['engine'] = {
  state: { state: 'no-model' },
  loaded: () => null,
  unload: async () => undefined,
};

/** The models service over a real folder, with the app's real resources. */
export type TestModels = {
  /** Temporary; the model folder is in it. */
  readonly folder: string;
  readonly models: string;
  readonly resources: string;
  readonly clock: FakeClock;
  readonly runs: RunsService;
  readonly settings: SettingsService;
  /** The service after the last `restart`. */
  readonly service: ModelsService;
  restart(change?: Partial<ModelsServiceOptions>): Promise<void>;
  place(name: string, bytes: Buffer): Promise<void>;
  ticketFor(path: string): FileTicket;
  /** Id of the model with this name. */
  idOf(name: string): Promise<ModelId>;
  close(): Promise<void>;
};

/** Starts with an empty model folder and 8 GiB of free memory. */
export async function createTestModels(): Promise<TestModels> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-models-'));
  const [models, resources] = [join(folder, 'models'), join(import.meta.dirname, '..', '..', 'resources')];
  await mkdir(models);
  const clock = createFakeClock(Date.now());
  const logger = createRecordingLogger();
  const runs = createRunsService({ clock, logger });
  const settings = createMemorySettings();
  const tickets = new Map<FileTicket, string>();
  const files: ModelsServiceOptions['files'] = {
    resolve(ticket) {
      const path = tickets.get(ticket) ?? '';
      return { ticket, path, name: basename(path), sizeBytes: 0 };
    },
  };
  const start = (change: Partial<ModelsServiceOptions> = {}): ModelsService =>
    createModelsService({
      folders: { models, resources },
      settings,
      files,
      runs,
      clock,
      logger,
      freeMemoryBytes: () => 8 * 1024 ** 3,
      fit: noFit,
      engine: idleEngine,
      surroundings: { operatingSystem: 'linux', homeFolder: join(folder, 'home'), environment: {} },
      savedStateBytes: async () => 0,
      ...change,
    });
  let service = start();
  return {
    folder,
    models,
    resources,
    clock,
    runs,
    settings,
    get service() {
      return service;
    },
    async restart(change) {
      await service.close();
      service = start(change);
    },
    place: (name, bytes) => writeFile(join(models, name), bytes),
    ticketFor(path) {
      const ticket = createId(fileTicketSchema);
      tickets.set(ticket, path);
      return ticket;
    },
    async idOf(name) {
      const found = (await service.list()).models.find((model) => model.name === name);
      if (found === undefined) throw new Error(`There is no model named ${name}.`);
      return found.id;
    },
    async close() {
      await service.close();
      await runs.close();
      await rm(folder, { recursive: true });
    },
  };
}
