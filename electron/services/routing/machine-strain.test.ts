import { describe, expect, it } from 'vitest';
import type { PowerSource } from '../../platform/power-source.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createMachineStrain } from './machine-strain.ts';

const signal = new AbortController().signal;
const never = new Promise<never>(() => undefined);

/** A machine of two cores, of whose time others and Sotto use these shares. */
function openMachine(power: () => Promise<PowerSource>, othersShare: number, ownShare = 0) {
  const clock = createFakeClock();
  let looks = 0;
  let powerAsked = 0;
  const strain = createMachineStrain({
    platform: {
      powerSource: async () => {
        powerAsked += 1;
        return await power();
      },
      processorTimeMs: async () => looks * 500 * ownShare,
    },
    clock,
    processorTimes: () => {
      looks += 1;
      return { totalMs: looks * 500, busyMs: looks * 500 * (othersShare + ownShare) };
    },
  });
  return { strain, clock, asked: () => powerAsked };
}

describe('createMachineStrain', () => {
  it.each([
    ['battery', 0, 0, 'battery'],
    ['battery', 0.9, 0, 'battery'],
    ['mains', 0.9, 0, 'busy'],
    ['unknown', 0.1, 0, null],
    // Catches an answer that is being written here, and takes itself for somebody else's work.
    ['mains', 0.1, 0.9, null],
  ] as const)('tells %s, others at %f and own work at %f as %s', async (power, others, own, told) => {
    const { strain } = openMachine(() => Promise.resolve(power), others, own);
    expect(await strain(signal)).toBe(told);
  });

  // Catches a question that waits for a program of the system which never answers, or is lost with its error.
  it.each([
    ['does not answer', async () => await never],
    ['fails', () => Promise.reject(new Error('No such program.'))],
  ])('tells no strain when the system %s', async (_, power) => {
    const { strain } = openMachine(power, 0);
    expect(await strain(signal)).toBeNull();
  });

  it('asks for the battery once in a minute', async () => {
    const { strain, clock, asked } = openMachine(() => Promise.resolve('battery'), 0);
    await strain(signal);
    await strain(signal);
    expect(asked()).toBe(1);
    await clock.advance(60_000);
    await strain(signal);
    expect(asked()).toBe(2);
  });

  it('ends with the question', async () => {
    const { strain } = openMachine(async () => await never, 0);
    await expect(strain(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
