import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import type { ModelFit, ModelMeasurement } from '../../shared/fit.ts';
import type { MachineProbe, MachineReport } from '../../shared/machine.ts';
import type { ModelKind } from '../../shared/model.ts';
import type { ModelOptions } from '../../shared/model-detail.ts';

/** What a prediction is made from: a header that was read, or, before that, what the catalogue says. */
export type FitSubject =
  | {
      readonly known: 'header';
      readonly description: GgufDescription;
      /** Hexadecimal, of the file; finds what was measured of it. */
      readonly sha256?: string;
      /** The header is of the same model in another precision; this is the one that is meant. */
      readonly sibling?: { readonly quantisation: string; readonly sizeBytes: number };
    }
  | {
      readonly known: 'catalogue';
      readonly kind: ModelKind;
      readonly architecture: string;
      readonly parameterCount: number;
      /** Those that each token goes through; all when left out. */
      readonly activeParameterCount?: number;
      readonly contextLength: number;
      readonly quantisation: string;
      /** Bytes of the file where the hub told; else it is estimated. */
      readonly sizeBytes?: number;
    };

/** What a model did here: written down after answers, by model, backend and window. */
export type Observation = ModelMeasurement & {
  readonly sha256: string;
  /** Of its header, for the calibration of the prediction. */
  readonly description: GgufDescription;
};

/**
 * What this machine can run and how fast. Memory from the header: weights, window (keys and values of each block), compute
 * buffers. Rates from a probe, corrected by what models did here.
 */
export interface FitService {
  /** What is known without measuring anything. */
  machine(): Promise<MachineReport>;
  /** Measures for up to ten seconds with a model made for it; calls at the same time share one. Keeps the result. */
  probe(signal: AbortSignal): Promise<MachineProbe>;
  predict(subject: FitSubject, options?: Partial<ModelOptions>): Promise<ModelFit>;
  observe(observation: Observation): Promise<void>;
  /** What was observed of one model. */
  measurements(sha256: string): Promise<readonly ModelMeasurement[]>;
}
