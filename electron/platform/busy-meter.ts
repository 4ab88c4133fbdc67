/** Processor time of the whole machine since it started, in milliseconds over all cores. */
export type ProcessorTimes = { readonly busyMs: number; readonly totalMs: number };

/** What the meter reads. */
export type BusyMeterOptions = {
  readonly processorTimes: () => ProcessorTimes;
  /** Processor time of the app's own processes; null where it cannot be told. */
  readonly ownTimeMs: () => Promise<number | null>;
};

/** Tells whether other programs want the processor. */
export interface BusyMeter {
  /** Whether others used more than half of all cores since the last look; false at the first. */
  measure(): Promise<boolean>;
  /** Forgets the last look. */
  reset(): void;
}

/** Others use at least this share of all cores: then ours is in their way. */
const busyShare = 0.5;

type Look = ProcessorTimes & { readonly ownMs: number };

/** Makes a meter. Where our own share is not known, nothing is busy: our own work must not make us rest. */
export function createBusyMeter({ processorTimes, ownTimeMs }: BusyMeterOptions): BusyMeter {
  let last: Look | null = null;
  return {
    async measure() {
      const ownMs = await ownTimeMs();
      if (ownMs === null) return false;
      const before = last;
      const now: Look = { ...processorTimes(), ownMs };
      last = now;
      if (before === null || now.totalMs <= before.totalMs) return false;
      // A process that ended takes its time out of the sum; then the share of others is guessed too high, for one look.
      const own = Math.max(0, now.ownMs - before.ownMs);
      return (now.busyMs - before.busyMs - own) / (now.totalMs - before.totalMs) >= busyShare;
    },
    reset: () => {
      last = null;
    },
  };
}
