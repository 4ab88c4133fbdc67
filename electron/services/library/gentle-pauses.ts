import type { Clock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createBusyMeter } from '../../platform/busy-meter.ts';
import type { ProcessorTimes } from '../../platform/busy-meter.ts';

/** Why the work rests, or goes on at half its speed. */
export type GentlePause = 'user' | 'battery' | 'busy' | null;

/** What the pauses go by. */
export type GentlePausesOptions = {
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  readonly platform: Pick<Platform, 'powerSource' | 'processorTimeMs'>;
  readonly clock: Clock;
  /** Of the whole machine, since it started. */
  readonly processorTimes: () => ProcessorTimes;
  /** Nothing is measured while there is nothing to do. */
  readonly hasWork: () => boolean;
  readonly onChange: () => void;
};

/** The battery is asked for once in this time: on some systems the answer takes a process of its own. */
const powerIntervalMs = 60_000;
const measureIntervalMs = 10_000;
/** Beside another program that wants the processor, work and rest take turns of this length. */
const turnMs = 3_000;

/** Keeps the background work out of a person's way. */
export class GentlePauses {
  readonly #options: GentlePausesOptions;
  readonly #closing = new AbortController();
  readonly #busyMeter: ReturnType<typeof createBusyMeter>;
  #settings: Pick<Settings, 'isIndexingPaused' | 'pausesIndexingOnBattery'> | null = null;
  #stopListening: (() => void) | null = null;
  #isOnBattery = false;
  #isBusy = false;
  #isResting = false;
  #powerAskedAtMs: number | null = null;
  #told = '';
  #nudge = Promise.withResolvers<void>();

  constructor(options: GentlePausesOptions) {
    this.#options = options;
    this.#busyMeter = createBusyMeter({
      processorTimes: options.processorTimes,
      ownTimeMs: () => options.platform.processorTimeMs(),
    });
  }

  /** Reads the settings and begins to look. */
  async start(): Promise<void> {
    const { settings } = this.#options;
    this.#stopListening = settings.onChange((changed) => this.#take(changed));
    this.#take(await settings.get());
    // Closing ends it.
    this.#look().catch(() => undefined);
  }

  get reason(): GentlePause {
    if (this.#settings?.isIndexingPaused === true) return 'user';
    if (this.#isOnBattery && this.#settings?.pausesIndexingOnBattery === true) return 'battery';
    return this.#isBusy ? 'busy' : null;
  }

  /** True while nothing may be done, the resting turns beside another program included. */
  get isHalted(): boolean {
    const { reason } = this;
    return (
      this.#settings === null || reason === 'user' || reason === 'battery' || (reason === 'busy' && this.#isResting)
    );
  }

  /** There is work now: looks without waiting for the next turn. */
  noteWork(): void {
    this.#nudge.resolve();
  }

  close(): void {
    this.#stopListening?.();
    this.#closing.abort();
  }

  #take({ isIndexingPaused, pausesIndexingOnBattery }: Settings): void {
    this.#settings = { isIndexingPaused, pausesIndexingOnBattery };
    this.#tell();
  }

  #tell(): void {
    const now = `${this.reason} ${this.isHalted}`;
    if (now === this.#told) return;
    this.#told = now;
    this.#options.onChange();
  }

  async #look(): Promise<void> {
    const { clock, hasWork } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      if (hasWork()) await this.#measure();
      else {
        this.#isBusy = false;
        this.#busyMeter.reset();
      }
      this.#tell();
      const ending = new AbortController();
      const wait = clock.delay(this.#isBusy ? turnMs : measureIntervalMs, AbortSignal.any([signal, ending.signal]));
      wait.catch(() => undefined);
      const hadWork = hasWork();
      await (hadWork ? wait : Promise.race([wait, this.#nudge.promise]));
      ending.abort();
      this.#nudge = Promise.withResolvers();
    }
  }

  async #measure(): Promise<void> {
    const { clock, platform } = this.#options;
    const now = clock.monotonicMs();
    if (this.#powerAskedAtMs === null || now - this.#powerAskedAtMs >= powerIntervalMs) {
      this.#powerAskedAtMs = now;
      this.#isOnBattery = (await platform.powerSource()) === 'battery';
    }
    this.#isBusy = await this.#busyMeter.measure();
    this.#isResting = this.#isBusy && !this.#isResting;
  }
}
