import type { Clock } from '../../platform/clock.ts';
import type { GraphicsDevices } from '../devices/graphics-devices.ts';
import type { EngineHost } from './engine-host.ts';
import type { ModelLoader } from './model-loader.ts';
import type { SlotUse } from './slot-use.ts';

/** What is tuned, and when. */
export type BackgroundTuningOptions = {
  readonly clock: Clock;
  readonly devices: GraphicsDevices | undefined;
  readonly loader: ModelLoader;
  readonly host: EngineHost;
  readonly use: SlotUse;
};

/** The engine has to have had nothing to do for so long, in milliseconds: nobody waits then. */
const quietMs = 5_000;

/**
 * Measures, the first time that a chat model of a size is loaded and nobody works with it, how it is best computed here.
 * What is found out is used when it is loaded the next time.
 */
export class BackgroundTuning {
  readonly #options: BackgroundTuningOptions;
  readonly #closing = new AbortController();
  #isUnderWay = false;

  constructor(options: BackgroundTuningOptions) {
    this.#options = options;
  }

  /** A model was loaded: it may be one about which nothing is known yet. */
  consider(): void {
    const { devices, loader } = this.#options;
    if (devices === undefined || this.#isUnderWay || loader.planOf('chat')?.wantsTuning !== true) return;
    this.#isUnderWay = true;
    // A model that went away, a process that ended, an app that closes: the next load tries again.
    void this.#tune(devices)
      .catch(() => undefined)
      .finally(() => (this.#isUnderWay = false));
  }

  close(): void {
    this.#closing.abort();
  }

  async #tune(devices: GraphicsDevices): Promise<void> {
    const { clock, loader, host, use } = this.#options;
    const { signal } = this.#closing;
    do await clock.delay(quietMs, signal);
    while (!use.isIdle || loader.isLoading);
    const [plan, loaded] = [loader.planOf('chat'), loader.loaded.get('chat')];
    if (plan?.wantsTuning !== true || loaded === undefined || host.session === null || host.isSafeMode) return;
    const event = await host.session.call({ type: 'tune' }, { signal });
    if (event.type === 'tuned' && event.tuning !== null)
      await devices.recordTuning(loaded.backend, plan.sizeBytes, event.tuning);
  }
}
