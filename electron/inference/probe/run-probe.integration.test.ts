import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../platform/system-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { readGgufDescription } from '../gguf/read-gguf-description.ts';
import { createChildProcessLauncher } from '../launchers/child-process-launcher.ts';
import { madeTypes } from './made-weights.ts';
import type { MadeType } from './made-weights.ts';
import { weighMadeModel, writeMadeModel } from './made-model.ts';
import { runProbe } from './run-probe.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-probe-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const probe = async (signal: AbortSignal) =>
  await runProbe({
    launcher: createChildProcessLauncher({ workerPath: join(import.meta.dirname, '../worker/index.ts') }),
    clock: createSystemClock(),
    logger: createRecordingLogger(),
    cores: 2,
    backend: 'cpu',
    temporaryFolder: folder,
    signal,
  });

describe('made models', () => {
  it.each(Object.keys(madeTypes))('are sound files in %s, with the measures that were asked for', async (type) => {
    const path = join(folder, 'made.gguf');
    const shape = {
      // Object.keys forgets which keys there are.
      type: type as MadeType,
      blocks: 2,
      width: 256,
      feedForward: 512,
      heads: 4,
      keyValueHeads: 2,
      vocabulary: 512,
      contextLength: 1_024,
    };
    await writeMadeModel(path, shape);
    const { shape: read, blockCount, vocabularySize } = await readGgufDescription(path);
    expect({ blockCount, vocabularySize }).toEqual({ blockCount: 2, vocabularySize: 512 });
    expect(read.keyValueLength).toBe(2 * 2 * 128);
    expect(read.perToken.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(weighMadeModel(shape).bytes);
  });
});

describe('probe', () => {
  it('measures the pace of this machine with models that it removes again', async () => {
    const measured = await probe(new AbortController().signal);
    expect(measured.rates[0]).toMatchObject({ type: 'Q4_K' });
    for (const { decodeBytesPerSecond, prefillOperationsPerSecond } of measured.rates) {
      expect(decodeBytesPerSecond).toBeGreaterThan(0);
      expect(prefillOperationsPerSecond).toBeGreaterThan(0);
    }
    expect(await readdir(folder)).toEqual([]);
  }, 180_000);

  // Catches a hundred megabytes that stay in the temporary folder after each cancelled probe.
  it('leaves nothing behind when it is stopped', async () => {
    const leaving = new AbortController();
    const ended = probe(leaving.signal).catch((error: unknown) => error);
    setTimeout(() => leaving.abort(), 1_500);
    await ended;
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);
});
