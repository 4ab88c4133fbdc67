import { cpus } from 'node:os';
import type { ProcessorTimes } from './busy-meter.ts';

/** The machine's own. */
export function readProcessorTimes(): ProcessorTimes {
  const sums = { busyMs: 0, totalMs: 0 };
  for (const { times } of cpus()) {
    // Work that was made `nice` gives way by itself.
    sums.busyMs += times.user + times.sys + times.irq;
    sums.totalMs += times.user + times.sys + times.irq + times.nice + times.idle;
  }
  return sums;
}
