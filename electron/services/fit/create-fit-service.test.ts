import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import type { MachineProbe } from '../../shared/machine.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createFitService } from './create-fit-service.ts';
import type { FitServiceOptions } from './create-fit-service.ts';
import type { FitService, FitSubject, Observation } from './fit-service.ts';

const gibibyte = 1024 ** 3;
const never = new AbortController().signal;
const measured: Omit<MachineProbe, 'backend' | 'measuredAt'> = {
  decodeBytesPerSecond: 10e9,
  prefillOperationsPerSecond: 100e9,
  blockOverheadMs: 0.1,
  tokenOverheadMs: 3,
  rates: [{ type: 'Q8_0', decodeBytesPerSecond: 20e9, prefillOperationsPerSecond: 200e9 }],
};
/** 2 GB of weights in Q4_K, 64 KiB a token of window. */
const description: GgufDescription = {
  version: 3,
  architecture: 'llama',
  kind: 'chat',
  name: 'Made',
  quantisation: 'Q4_K_M',
  licence: null,
  contextLength: 32_768,
  embeddingLength: 2_048,
  blockCount: 20,
  vocabularySize: 32_000,
  parameterCount: 4e9,
  chatTemplateSha256: null,
  shape: {
    tensorBytes: 2e9,
    perToken: [{ type: 12, bytes: 2e9, values: 4e9 }],
    keyValueLength: 32_768,
    headCount: 16,
    widestLength: 8_192,
    mergeCount: 32_000,
    hasSharedEmbedding: false,
  },
  sizeBytes: 2.01e9,
  headerBytes: 1e6,
};
const subject: FitSubject = { known: 'header', description, sha256: 'ab' };
const observation: Observation = {
  sha256: 'ab',
  description,
  backend: 'cpu',
  contextTokens: 8_192,
  measuredAt: 1,
  tokensPerSecond: 2.45,
  prefillTokensPerSecond: 6.25,
  memoryBytes: 3e9,
};

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'sotto-fit-'));
});
afterEach(async () => {
  await rm(dataFolder, { recursive: true, force: true });
});

const open = (options: Partial<FitServiceOptions> = {}): FitService =>
  createFitService({
    dataFolder,
    cores: 2,
    clock: createFakeClock(),
    logger: createRecordingLogger(),
    measure: async () => measured,
    availableBytes: () => 16 * gibibyte,
    ...options,
  });

describe('fit: memory', () => {
  it.each([
    ['with room for others', 16, 'fits', [32_768, 32_768]],
    ['with a smaller window', 3.6, 'tight', [512, 8_191]],
    ['not at all', 1.5, 'too-large', [0, 0]],
  ] as const)('says that a model of 2 GB runs %s in %d GiB', async (_, availableGibibytes, status, [least, most]) => {
    const fit = await open({ availableBytes: () => availableGibibytes * gibibyte }).predict(subject);
    expect(fit.status).toBe(status);
    expect(fit.contextTokens).toBeGreaterThanOrEqual(least);
    expect(fit.contextTokens).toBeLessThanOrEqual(most);
  });

  // Catches a prediction that shows the usual window although a person chose another one.
  it('counts the window that was asked for, and no more than the model has', async () => {
    const service = open();
    const windowBytes = async (contextTokens: number): Promise<number> =>
      (await service.predict(subject, { contextTokens })).windowBytes;
    expect(await windowBytes(4_096)).toBe(4_096 * 65_536);
    expect(await windowBytes(1_000_000)).toBe(32_768 * 65_536);
  });

  it('scales a header to another precision of the same model', async () => {
    const sibling = { quantisation: 'Q8_0', sizeBytes: 4.02e9 };
    const service = open();
    await service.probe(never);
    const fit = await service.predict({ known: 'header', description, sibling });
    expect(fit.weightsBytes).toBe(4e9);
    // 4 GB at the pace of Q8_0, and the blocks.
    expect(fit.tokensPerSecond).toBeCloseTo(1_000 / (200 + 2 + 3), 1);
  });

  it('says that an architecture is unsupported that the engine does not know', async () => {
    const { status } = await open().predict({
      known: 'catalogue',
      kind: 'chat',
      architecture: 'stork',
      parameterCount: 1e9,
      contextLength: 4_096,
      quantisation: 'Q4_K_M',
    });
    expect(status).toBe('unsupported');
  });
});

describe('fit: speed', () => {
  it('is not known before a probe, and predicted after it', async () => {
    const service = open();
    expect(await service.predict(subject)).toMatchObject({ tokensPerSecond: null, timeToFirstTokenMs: null });
    await service.probe(never);
    const fit = await service.predict(subject);
    // 2 GB at 10 GB/s, 20 blocks, and the token.
    expect(fit.tokensPerSecond).toBeCloseTo(1_000 / (200 + 2 + 3), 3);
    expect(fit.timeToFirstTokenMs).toBeCloseTo(500 * 80 + 205, 0);
    expect(fit.isMeasured).toBe(false);
  });

  it('is what the model did here once it ran, smoothed', async () => {
    const service = open();
    await service.probe(never);
    await service.observe(observation);
    expect(await service.predict(subject)).toMatchObject({ tokensPerSecond: 2.45, isMeasured: true });
    await service.observe({ ...observation, tokensPerSecond: 12.45 });
    expect((await service.predict(subject)).tokensPerSecond).toBeCloseTo(5.45, 5);
    expect(await service.measurements('ab')).toHaveLength(1);
  });

  // Catches one measurement on a busy machine that makes every other model look useless.
  it('corrects other models by what one did, a little at a time and within bounds', async () => {
    const service = open();
    await service.probe(never);
    const other: FitSubject = { known: 'header', description, sha256: 'cd' };
    const before = (await service.predict(other)).tokensPerSecond ?? 0;
    await service.observe({ ...observation, tokensPerSecond: before / 1_000 });
    const after = (await service.predict(other)).tokensPerSecond ?? 0;
    expect(after / before).toBeCloseTo(0.25 ** 0.3, 3);
  });

  it('says nothing of writing for what does not write', async () => {
    const service = open();
    await service.probe(never);
    const embedder: FitSubject = { known: 'header', description: { ...description, kind: 'embedding' } };
    expect(await service.predict(embedder)).toMatchObject({ tokensPerSecond: null, timeToFirstTokenMs: null });
  });
});

describe('fit: what is kept', () => {
  it('survives a restart', async () => {
    const service = open();
    await service.probe(never);
    await service.observe(observation);
    const again = open();
    expect((await again.machine()).probe).toMatchObject(measured);
    expect(await again.predict(subject)).toMatchObject({ isMeasured: true, tokensPerSecond: 2.45 });
  });

  it.each([
    ['damaged', '{"version":1,'],
    [
      'of another machine',
      JSON.stringify({ version: 1, machine: 'x', probes: [], calibrations: [], measurements: [] }),
    ],
    ['full of nonsense', JSON.stringify({ version: 1, machine: 'x', probes: [{ backend: 'steam' }] })],
  ])('is measured anew where the file is %s', async (_, text) => {
    await writeFile(join(dataFolder, 'machine.json'), text);
    const service = open();
    expect((await service.machine()).probe).toBeNull();
    await service.probe(never);
    expect(JSON.parse(await readFile(join(dataFolder, 'machine.json'), 'utf8'))).toMatchObject({
      probes: [{ backend: 'cpu' }],
    });
  });

  // Catches two windows that each start ten seconds of full load.
  it('measures once for callers at the same time, and stops when all have left', async () => {
    let runs = 0;
    let stopped = false;
    const service = open({
      measure: async (_backend, signal) => {
        runs += 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        stopped = true;
        throw signal.reason;
      },
    });
    const leaving = [new AbortController(), new AbortController()];
    const calls = leaving.map(async ({ signal }) => await service.probe(signal).catch((error: unknown) => error));
    leaving[0]?.abort();
    await calls[0];
    expect(stopped).toBe(false);
    leaving[1]?.abort();
    await calls[1];
    expect({ runs, stopped }).toEqual({ runs: 1, stopped: true });
  });

  it('goes on with what is in memory when the disk takes nothing', async () => {
    const service = open({ dataFolder: join(dataFolder, 'machine.json', 'below') });
    await writeFile(join(dataFolder, 'machine.json'), '');
    await service.probe(never);
    expect((await service.machine()).probe).not.toBeNull();
  });
});

describe('fit: graphics', () => {
  const device = { name: 'Card', memoryBytes: 2 * gibibyte, freeBytes: 2 * gibibyte };
  const withCard = (): FitService =>
    open({
      devices: {
        reports: async () => [{ backend: 'cuda', isUsable: true, problem: null, devices: [device] }],
        chosen: async () => 'cuda',
      },
    });

  it('puts as many blocks on the graphics processor as fit beside their part of the window', async () => {
    const fit = await withCard().predict(subject);
    expect(fit.backend).toBe('cuda');
    expect(fit.graphicsLayers).toSatisfy((layers: number) => layers > 5 && layers < 20);
    // What is computed in two places is not predicted from one of them.
    expect(fit.tokensPerSecond).toBeNull();
  });

  it('does as a person wishes', async () => {
    expect(await withCard().predict(subject, { backend: 'cpu' })).toMatchObject({ backend: 'cpu', graphicsLayers: 0 });
    expect(await withCard().predict(subject, { graphicsLayers: 3 })).toMatchObject({ graphicsLayers: 3 });
  });
});
