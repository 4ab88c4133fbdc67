import type { Backend, BackendChoice, BackendReport } from '../../shared/machine.ts';
import type { Tuning } from '../protocol/engine-event.ts';
import type { Placement } from './place-model.ts';

/** What models can be computed with on this machine, found out once and remembered. */
export interface GraphicsDevices {
  /** Every graphics interface of this system, with its devices or why it is not used. Dry runs happen where nothing is remembered. */
  reports(signal: AbortSignal): Promise<readonly BackendReport[]>;
  /** What a model without a history is loaded with. */
  chosen(signal: AbortSignal): Promise<Backend>;
  /** Where a model goes; see `placeModel`. `choice` is the model's own, before that of all models. */
  place(
    model: {
      readonly choice?: BackendChoice;
      readonly sizeBytes: number;
      readonly layers: number;
      readonly wantedLayers?: number;
    },
    signal: AbortSignal,
  ): Promise<Placement>;
  /** A model of this size ended the process on this backend while it was loaded or first used. */
  recordCrash(backend: Backend, sizeBytes: number): Promise<void>;
  /** What was measured for models of this size; null before. */
  tuning(backend: Backend, sizeBytes: number): Promise<Tuning | null>;
  recordTuning(backend: Backend, sizeBytes: number, tuning: Tuning): Promise<void>;
  /** The next question looks whether drivers or libraries have changed, and makes the dry runs again where they have. */
  examineAgain(): void;
  /** Ends dry runs and waits for what is being written. */
  close(): Promise<void>;
}
