import { setImmediate } from 'node:timers/promises';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend, BackendChoice } from '../../shared/machine.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createScriptedEngineLauncher } from '../../testing/scripted-engine-launcher.ts';
import type { ScriptedLauncher, ScriptedProcess } from '../../testing/scripted-engine-launcher.ts';
import { createGraphicsDevices } from './create-graphics-devices.ts';
import type { GraphicsDevices } from './graphics-devices.ts';

const never = new AbortController().signal;
const dayMs = 24 * 3_600_000;
type Play = (process: ScriptedProcess, id: number) => void;

const found: Play = (process, id) =>
  process.say({
    type: 'devices',
    id,
    found: { outcome: 'usable', devices: [{ name: 'Card', memoryBytes: 8_000_000_000, freeBytes: 7_000_000_000 }] },
  });
const missing: Play = (process, id) =>
  process.say({ type: 'devices', id, found: { outcome: 'no-device', devices: [] } });
const crash: Play = (process) => process.exit({ code: null, signal: 'SIGSEGV' });

describe('createGraphicsDevices', () => {
  let folder: string;
  let file: string;
  let clock: FakeClock;
  let launcher: ScriptedLauncher;
  let plays: Partial<Record<Backend, Play>>;
  let fingerprint: string;
  let choice: BackendChoice;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-devices-'));
    file = join(folder, 'data', 'devices.json');
    clock = createFakeClock();
    plays = { cuda: crash, vulkan: found };
    fingerprint = 'one';
    choice = 'auto';
    launcher = createScriptedEngineLauncher((work, process) => {
      const [setup] = process.received;
      if (work.type === 'describe-devices' && setup?.type === 'configure') plays[setup.backend]?.(process, work.id);
      return true;
    });
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  const open = (): GraphicsDevices =>
    createGraphicsDevices({
      launcher,
      clock,
      logger: createRecordingLogger(),
      operatingSystem: 'linux',
      file,
      choice: async () => choice,
      fingerprint: async () => fingerprint,
      canHaveDevice: async () => true,
    });

  it('examines each backend in a process of its own, and one that crashes is a finding', async () => {
    const devices = open();
    expect(await devices.reports(never)).toMatchObject([
      { backend: 'cuda', isUsable: false, problem: 'crashed' },
      { backend: 'vulkan', isUsable: true, problem: null, devices: [{ name: 'Card' }] },
    ]);
    expect(await devices.chosen(never)).toBe('vulkan');
    choice = 'cpu';
    expect(await devices.chosen(never)).toBe('cpu');
    expect(launcher.processes).toHaveLength(2);
  });

  // Catches an app that hangs at every start on a driver that waits for its device.
  it('gives up on a backend that does not answer', { timeout: 30_000 }, async () => {
    plays = { vulkan: missing };
    let isTold = false;
    const reports = open()
      .reports(never)
      .finally(() => (isTold = true));
    // It waits from when the process was started, which on a busy machine is later than the first seconds of this clock.
    while (!isTold) {
      await clock.advance(1_000);
      await setImmediate();
    }
    expect(await reports).toMatchObject([{ problem: 'timed-out' }, { problem: 'no-device' }]);
    expect(launcher.processes).toHaveLength(2);
  });

  it('remembers for thirty days, and examines anew with another library or driver', async () => {
    await open().reports(never);
    await clock.advance(29 * dayMs);
    await open().reports(never);
    expect(launcher.processes).toHaveLength(2);
    await clock.advance(2 * dayMs);
    await open().reports(never);
    expect(launcher.processes).toHaveLength(4);
    fingerprint = 'two';
    await open().reports(never);
    expect(launcher.processes).toHaveLength(6);
  });

  // Catches a library that came on a click and is not used before the app starts again.
  it('looks again when it is told to, and examines only where something is other', async () => {
    const devices = open();
    await devices.reports(never);
    devices.examineAgain();
    await devices.reports(never);
    expect(launcher.processes).toHaveLength(2);
    [fingerprint, plays] = ['two', { cuda: found, vulkan: found }];
    expect(await devices.chosen(never)).toBe('vulkan');
    devices.examineAgain();
    expect(await devices.chosen(never)).toBe('cuda');
    expect(launcher.processes).toHaveLength(4);
  });

  it('remembers crashes and measurements by backend and size, until the library is another', async () => {
    plays = { cuda: found, vulkan: missing };
    const model = { sizeBytes: 2_000_000_000, layers: 29 };
    const devices = open();
    await devices.recordCrash('cuda', model.sizeBytes);
    await devices.recordTuning('cuda', model.sizeBytes, { usesFlashAttention: true, batchTokens: 1_024 });
    await devices.close();
    const again = open();
    expect(await again.place(model, never)).toMatchObject({ backend: 'cuda', graphicsLayers: 14 });
    expect(await again.tuning('cuda', model.sizeBytes)).toEqual({ usesFlashAttention: true, batchTokens: 1_024 });
    expect(await again.tuning('cuda', 90_000_000)).toBeNull();
    await again.recordCrash('cuda', model.sizeBytes);
    expect(await again.place(model, never)).toEqual({ backend: 'cpu', problem: 'crashed-before' });
    fingerprint = 'two';
    expect(await open().place(model, never)).toEqual({ backend: 'cuda', problem: null });
  });

  it('takes a damaged file for none, and goes on where nothing can be written', async () => {
    await open().reports(never);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"isUsable": true', '"isUsable": "yes"'));
    expect(await open().reports(never)).toHaveLength(2);
    expect(launcher.processes).toHaveLength(4);
    await writeFile(join(folder, 'in-the-way'), '');
    file = join(folder, 'in-the-way', 'devices.json');
    const devices = open();
    await devices.recordCrash('vulkan', 1_000);
    expect(await devices.place({ sizeBytes: 1_000, layers: 4 }, never)).toMatchObject({ graphicsLayers: 2 });
  });

  it('starts no process where there can be no device', async () => {
    const devices = createGraphicsDevices({
      launcher,
      clock,
      logger: createRecordingLogger(),
      operatingSystem: 'linux',
      file,
      choice: async () => choice,
      canHaveDevice: async () => false,
    });
    expect(await devices.reports(never)).toMatchObject([{ problem: 'no-device' }, { problem: 'no-device' }]);
    expect(launcher.processes).toHaveLength(0);
  });
});
