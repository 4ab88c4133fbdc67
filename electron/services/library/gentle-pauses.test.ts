import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import { GentlePauses } from './gentle-pauses.ts';

/** Pauses over a machine whose power, load and settings a test moves. */
function openPauses() {
  const clock = createFakeClock();
  const machine = { power: 'mains' as 'mains' | 'battery', othersShare: 0, ownShare: 0, hasWork: true, powerAsked: 0 };
  const listeners = new Set<(settings: Settings) => void>();
  const changes: string[] = [];
  let settings = settingsSchema.parse({});
  const cores = 2;
  const pauses: GentlePauses = new GentlePauses({
    settings: {
      get: async () => await Promise.resolve(settings),
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    platform: {
      powerSource: async () => {
        machine.powerAsked += 1;
        return await Promise.resolve(machine.power);
      },
      processorTimeMs: async () => await Promise.resolve(clock.monotonicMs() * cores * machine.ownShare),
    },
    clock,
    processorTimes: () => {
      const totalMs = clock.monotonicMs() * cores;
      return { totalMs, busyMs: totalMs * (machine.ownShare + machine.othersShare) };
    },
    hasWork: () => machine.hasWork,
    onChange: () => changes.push(`${pauses.reason ?? 'none'}${pauses.isHalted ? ' halted' : ''}`),
  });
  const change = (patch: Partial<Settings>): void => {
    settings = { ...settings, ...patch };
    for (const listener of listeners) listener(settings);
  };
  return { pauses, clock, machine, change, changes, listeners };
}

describe('GentlePauses', () => {
  it('halts at once when a person says so, also when that was said before the start', async () => {
    const { pauses, change, changes, listeners } = openPauses();
    change({ isIndexingPaused: true });
    expect(pauses.isHalted).toBe(true);
    await pauses.start();
    expect(pauses).toMatchObject({ reason: 'user', isHalted: true });
    change({ isIndexingPaused: false });
    expect(pauses).toMatchObject({ reason: null, isHalted: false });
    expect(changes.at(-1)).toBe('none');
    pauses.close();
    expect(listeners.size).toBe(0);
  });

  it('waits for the mains unless told otherwise, and asks once a minute while there is work', async () => {
    const { pauses, clock, machine, change } = openPauses();
    machine.power = 'battery';
    await pauses.start();
    await settle();
    expect(pauses).toMatchObject({ reason: 'battery', isHalted: true });
    change({ pausesIndexingOnBattery: false });
    expect(pauses.isHalted).toBe(false);
    change({ pausesIndexingOnBattery: true });
    machine.power = 'mains';
    await clock.advance(70_000);
    expect(pauses.isHalted).toBe(false);
    expect(machine.powerAsked).toBe(2);
    machine.hasWork = false;
    await clock.advance(600_000);
    expect(machine.powerAsked).toBeLessThanOrEqual(3);
    pauses.close();
  });

  it('takes turns of work and rest beside another program, and none beside itself', async () => {
    // Catches a share of its own that is taken for another program's: the work would slow itself down.
    const { pauses, clock, machine, changes } = openPauses();
    machine.ownShare = 1;
    await pauses.start();
    await clock.advance(60_000);
    expect(pauses.reason).toBeNull();
    machine.ownShare = 0.3;
    machine.othersShare = 0.7;
    changes.length = 0;
    await clock.advance(120_000);
    expect(pauses.reason).toBe('busy');
    expect(new Set(changes)).toEqual(new Set(['busy halted', 'busy']));
    machine.othersShare = 0;
    await clock.advance(400_000);
    expect(pauses).toMatchObject({ reason: null, isHalted: false });
    pauses.close();
  });
});
