import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatArchitectures, embeddingArchitectures } from '../../inference/gguf/architectures.ts';
import { createEgress } from '../../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelDescription } from '../../shared/model.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { gguf, soundGguf, withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import { startHubServer } from '../../testing/hub-server.ts';
import type { HubServer } from '../../testing/hub-server.ts';
import { resourcesFolder } from '../../testing/open-chat-services.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createFitService } from '../fit/create-fit-service.ts';
import { createHubService } from '../hub/create-hub-service.ts';
import type { CatalogueService } from './catalogue-service.ts';
import { createCatalogueService } from './create-catalogue-service.ts';
import { loadCatalogue } from './load-catalogue.ts';

const gibibyte = 1024 ** 3;
const never = new AbortController().signal;
const repository = 'unsloth/Qwen3-1.7B-GGUF';
const fileOf = (quantisation: string): string => `Qwen3-1.7B-${quantisation}.gguf`;
/** A model as small as can be, with the key that says its precision. */
const bytesOf = (fileType: number): Buffer =>
  writeGguf(withEntry('general.file_type', gguf.u32(fileType), soundGguf()));

const largerBytes = Buffer.concat([bytesOf(7), Buffer.alloc(4_096)]);

/** The larger file, as the model folder lists it. */
const largerModel = (fileName: string): ModelDescription => ({
  id: modelIdSchema.parse(`sha256:${createHash('sha256').update(largerBytes).digest('hex').slice(0, 16)}`),
  name: 'Tiny',
  kind: 'chat',
  fileName,
  sizeBytes: largerBytes.length,
  architecture: 'llama',
  quantisation: null,
  contextLength: 2_048,
  parameterCount: null,
  licence: null,
  isBuiltIn: false,
  isLinked: false,
});

let dataFolder: string;
let server: HubServer;
let installed: ModelDescription[];

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'sotto-catalogue-'));
  installed = [];
  const folder = join(dataFolder, 'hub', repository);
  await mkdir(folder, { recursive: true });
  const put = async (name: string, bytes: Buffer | string): Promise<void> => await writeFile(join(folder, name), bytes);
  await put(fileOf('Q4_K_M'), bytesOf(15));
  await put(fileOf('Q8_0'), largerBytes);
  // What looks at pictures carries the name of a precision too.
  await put('mmproj-Q8_0.gguf', 'no model');
  server = await startHubServer(join(dataFolder, 'hub'));
});
afterEach(async () => {
  await server.close();
  await rm(dataFolder, { recursive: true, force: true });
});

function open({
  availableBytes = 16 * gibibyte,
  freeBytes = 100 * gibibyte,
}: { readonly availableBytes?: number; readonly freeBytes?: number } = {}): CatalogueService {
  const [clock, logger] = [createFakeClock(), createRecordingLogger()];
  const fit = createFitService({
    dataFolder,
    cores: 2,
    clock,
    logger,
    measure: async () => Promise.reject(new Error('not measured here')),
    availableBytes: () => availableBytes,
  });
  return createCatalogueService({
    resourcesFolder,
    dataFolder,
    modelFolder: join(dataFolder, 'models'),
    hub: createHubService({
      egress: createEgress({
        policy: createSettingsEgressPolicy(async () => ({
          isOffline: false,
          allowedPurposes: ['model-search', 'model-download'],
        })),
        ledger: { insert: async () => undefined, update: async () => undefined },
        clock,
      }),
      clock,
      address: async () => server.address,
      token: async () => null,
    }),
    fit,
    models: { list: async () => ({ models: installed, unusable: [], selectedId: null, byJob: {}, folder: '' }) },
    clock,
    logger,
    freeDiskBytes: async () => freeBytes,
  });
}

describe('catalogue', () => {
  it('holds models of every kind, all of which the engine can load', async () => {
    const entries = await loadCatalogue(resourcesFolder);
    expect(entries.length).toBeGreaterThanOrEqual(25);
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(['chat', 'embedding', 'reranking']));
    const known = (name: string): boolean => chatArchitectures.has(name) || embeddingArchitectures.has(name);
    expect(entries.filter(({ architecture }) => !known(architecture)).map(({ id }) => id)).toEqual([]);
  });

  it('is listed without asking anybody, with estimates', async () => {
    const list = await open().list();
    expect(server.requests).toEqual([]);
    expect(list.every(({ offers }) => offers.every(({ isSizeKnown }) => !isSizeKnown))).toBe(true);
    const small = list.find(({ entry }) => entry.id === 'qwen3-1.7b');
    // 1.72 billion weights of 5 bits.
    expect(small?.offers[0]?.sizeBytes).toSatisfy((bytes: number) => bytes > 1e9 && bytes < 1.2e9);
  });

  it('recommends one chat model that suits the memory, and never one that does not run', async () => {
    const ids = async (availableGibibytes: number): Promise<readonly string[]> => {
      const list = await open({ availableBytes: availableGibibytes * gibibyte }).list();
      return list
        .filter(({ recommended, entry }) => recommended !== null && entry.kind === 'chat')
        .map(({ entry }) => entry.id);
    };
    expect(await ids(16)).toHaveLength(1);
    expect(await ids(0.1)).toEqual([]);
    // Catches the largest model being recommended to a laptop that just about holds it.
    expect((await ids(6))[0]).not.toMatch(/[789]b$/);
  });

  it('puts what runs before what does not, and chat models first', async () => {
    const list = await open({ availableBytes: 3 * gibibyte }).list();
    const kinds = list.map(({ entry }) => entry.kind);
    expect(kinds).toEqual([...kinds].sort((a, b) => (a === b ? 0 : a === 'chat' || b === 'reranking' ? -1 : 1)));
    const chat = list
      .filter(({ entry }) => entry.kind === 'chat')
      .map(({ bestQuantisation }) => bestQuantisation !== null);
    expect(chat.lastIndexOf(true)).toBeLessThan(chat.indexOf(false));
    expect(chat).toContain(false);
  });

  it('says that there is no room on the disk for what would have to be fetched, and only for that', async () => {
    installed = [largerModel(fileOf('Q8_0')), { ...largerModel('another.gguf'), quantisation: 'Q4_K_M' }];
    const list = await open({ freeBytes: 1.5e9 }).list();
    const offers = list.flatMap((one) => one.offers.filter(({ entryId }) => entryId === 'qwen3-1.7b'));
    expect(offers.map(({ quantisation, fit }) => [quantisation, fit.status])).toEqual([
      ['Q4_K_M', 'no-room-on-disk'],
      ['Q5_K_M', 'no-room-on-disk'],
      ['Q6_K', 'no-room-on-disk'],
      ['Q8_0', 'fits'],
    ]);
  });
});

describe('catalogue: asking the hub', () => {
  it('knows sizes and the header afterwards, also after a restart and without asking again', async () => {
    const refreshed = await open().refresh('qwen3-1.7b', never);
    const offer = refreshed.offers.find(({ quantisation }) => quantisation === 'Q4_K_M');
    expect(offer).toMatchObject({ isSizeKnown: true, sizeBytes: bytesOf(15).length, fit: { layers: 1 } });
    // The entry names two more, which the hub does not have.
    expect(refreshed.offers.map(({ quantisation }) => quantisation)).toEqual(['Q4_K_M', 'Q8_0']);
    expect(refreshed.offers.every(({ isSizeKnown }) => isSizeKnown)).toBe(true);
    const asked = server.requests.length;
    const again = (await open().list()).find(({ entry }) => entry.id === 'qwen3-1.7b');
    expect(again?.offers).toEqual(refreshed.offers);
    expect(server.requests).toHaveLength(asked);
  });

  // Catches a picture reader that is taken for the model because its name ends in a precision.
  it('takes no picture reader for the model', async () => {
    const service = open();
    await service.refresh('qwen3-1.7b', never);
    const fit = await service.fit({ repository, wanted: { quantisation: 'q8_0' } }, never);
    expect(fit.layers).toBe(1);
  });

  it('reads the header of what is asked for, and names what there is otherwise', async () => {
    const service = open();
    expect(await service.fit({ repository, wanted: { path: fileOf('Q8_0') } }, never)).toMatchObject({ layers: 1 });
    await expect(service.fit({ repository, wanted: { quantisation: 'Q2_K' } }, never)).rejects.toMatchObject({
      code: 'download/no-such-file',
      details: { repository, quantisations: 'Q4_K_M, Q8_0' },
    });
  });

  it('keeps what was known when the hub does not answer', async () => {
    const service = open();
    const before = await service.refresh('qwen3-1.7b', never);
    await server.close();
    await expect(service.refresh('qwen3-1.7b', never)).rejects.toMatchObject({ code: 'egress/failed' });
    expect((await service.list()).find(({ entry }) => entry.id === 'qwen3-1.7b')?.offers).toEqual(before.offers);
  });

  it('finds what is installed by its content', async () => {
    const service = open();
    await service.refresh('qwen3-1.7b', never);
    installed = [largerModel('under another name.gguf')];
    const entry = (await service.list()).find((one) => one.entry.id === 'qwen3-1.7b');
    expect(entry?.offers.map(({ quantisation, installedId }) => [quantisation, installedId !== null])).toEqual([
      ['Q4_K_M', false],
      ['Q8_0', true],
    ]);
    const { files } = await service.repository(repository, never);
    expect(files.find(({ path }) => path === fileOf('Q8_0'))?.installedId).toBe(installed[0]?.id);
  });
});

describe('catalogue: what a person means', () => {
  it.each([
    ['qwen3-1.7b:Q8_0', repository, { quantisation: 'Q8_0' }],
    ['Qwen3-1.7B:q4_k_m', repository, { quantisation: 'Q4_K_M' }],
    ['somebody/Model-GGUF', 'somebody/Model-GGUF', { quantisation: 'Q4_K_M' }],
    ['somebody/Model-GGUF:IQ4_XS', 'somebody/Model-GGUF', { quantisation: 'IQ4_XS' }],
    ['somebody/Model-GGUF/deep/a model.gguf', 'somebody/Model-GGUF', { path: 'deep/a model.gguf' }],
  ])('%j is %s', async (wanted, expected, what) => {
    expect(await open().resolve(wanted)).toEqual({ repository: expected, wanted: what });
  });

  it('an id alone is what suits this machine best', async () => {
    expect(await open().resolve('qwen3-1.7b')).toEqual({ repository, wanted: { quantisation: 'Q4_K_M' } });
  });

  it.each([
    ['qwen3-1.7', 'qwen3-1.7b'],
    ['qwne3-0.6b', 'qwen3-0.6b'],
    ['something-else', null],
    ['../../etc/passwd', null],
    ['a/b/../../c.gguf', null],
    ['a/b/.hidden/c.gguf', null],
    ['a/..', null],
    ['', null],
  ])('%j is not known, and %j is close', async (wanted, closest) => {
    await expect(open().resolve(wanted)).rejects.toMatchObject({ code: 'app/not-found', details: { closest } });
  });
});
