import { setTimeout as delay } from 'node:timers/promises';
import { createBusyMeter } from '../../platform/busy-meter.ts';
import type { ProcessorTimes } from '../../platform/busy-meter.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import type { PowerSource } from '../../platform/power-source.ts';

/** What makes an answer on this machine cost more than usual: its battery, or other programs that want the processor. */
export type MachineStrain = 'battery' | 'busy' | null;

/** What is looked at. */
export type MachineStrainOptions = {
  readonly platform: Pick<Platform, 'powerSource' | 'processorTimeMs'>;
  readonly clock: Clock;
  /** Of the whole machine, since it started. */
  readonly processorTimes: () => ProcessorTimes;
};

/** Between the two looks at the processor. */
const lookMs = 250;
/** Nobody waits longer for it; on some systems a look takes a process of its own. */
const mostWaitMs = 600;
/** A battery is not asked for more often. */
const powerAgeMs = 60_000;

/** Makes what tells it. What cannot be told in time counts as no strain; the battery is then known for the next question. */
export function createMachineStrain({
  platform,
  clock,
  processorTimes,
}: MachineStrainOptions): (signal: AbortSignal) => Promise<MachineStrain> {
  let power: { readonly source: PowerSource; readonly atMs: number } | null = null;

  const readPower = async (): Promise<PowerSource> => {
    if (power === null || clock.monotonicMs() - power.atMs >= powerAgeMs) {
      power = { source: await platform.powerSource(), atMs: clock.monotonicMs() };
    }
    return power.source;
  };
  const isBusy = async (signal: AbortSignal): Promise<boolean> => {
    const meter = createBusyMeter({ processorTimes, ownTimeMs: async () => await platform.processorTimeMs() });
    await meter.measure();
    // Processors keep their own time, whatever clock the app has.
    await delay(lookMs, undefined, { signal });
    return await meter.measure();
  };
  const look = async (signal: AbortSignal): Promise<MachineStrain> => {
    const [source, busy] = await Promise.all([readPower(), isBusy(signal)]);
    if (source === 'battery') return 'battery';
    return busy ? 'busy' : null;
  };

  return async (signal) => {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    try {
      return await Promise.race([look(both), delay(mostWaitMs, null, { signal: both })]);
    } catch {
      signal.throwIfAborted();
      return null;
    } finally {
      ending.abort();
    }
  };
}
