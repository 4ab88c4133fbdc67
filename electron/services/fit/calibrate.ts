import type { ModelMeasurement } from '../../shared/fit.ts';
import type { Backend, MachineProbe } from '../../shared/machine.ts';
import type { Observation } from './fit-service.ts';
import type { Calibration, MachineRecord } from './machine-file.ts';
import { measuresOf } from './measures.ts';
import { loadingBytes, predictMemory } from './predict-memory.ts';
import { predictSpeed } from './predict-speed.ts';

/** A new figure weighs this much against those before it. */
const weight = 0.3;
/** One strange measurement must not make every prediction strange. */
const bounds = { least: 0.25, most: 4 } as const;

/** The calibration of a backend; all 1 before anything ran. */
export function calibrationOf(record: MachineRecord, backend: Backend): Calibration {
  const found = record.calibrations.find((one) => one.backend === backend);
  return found ?? { backend, decode: 1, prefill: 1, memory: 1 };
}

/** The probe of a backend; null before the first. */
export function probeOf(record: MachineRecord, backend: Backend): MachineProbe | null {
  return record.probes.find((one) => one.backend === backend) ?? null;
}

const smoothed = (before: number, now: number): number => before * (1 - weight) + now * weight;

/** Ratios are averaged by their logarithms, so that twice and half are equally far from one. */
function smoothedRatio(before: number, observed: number, predicted: number): number {
  if (!(observed > 0) || !(predicted > 0)) return before;
  const ratio = Math.min(bounds.most, Math.max(bounds.least, observed / predicted));
  return Math.exp(smoothed(Math.log(before), Math.log(ratio)));
}

function merged(before: ModelMeasurement | undefined, now: ModelMeasurement): ModelMeasurement {
  if (before === undefined) return now;
  const { prefillTokensPerSecond, memoryBytes } = now;
  return {
    ...now,
    tokensPerSecond: smoothed(before.tokensPerSecond, now.tokensPerSecond),
    prefillTokensPerSecond:
      prefillTokensPerSecond === null || before.prefillTokensPerSecond === null
        ? (prefillTokensPerSecond ?? before.prefillTokensPerSecond)
        : smoothed(before.prefillTokensPerSecond, prefillTokensPerSecond),
    memoryBytes: memoryBytes ?? before.memoryBytes,
  };
}

function calibrated(record: MachineRecord, observation: Observation): Calibration {
  const { backend, description, contextTokens, memoryBytes } = observation;
  const before = calibrationOf(record, backend);
  const measures = measuresOf({ known: 'header', description });
  const probe = probeOf(record, backend);
  const speed = probe === null ? null : predictSpeed(measures, probe);
  const memory = predictMemory(measures, { contextTokens });
  return {
    backend,
    decode:
      speed === null ? before.decode : smoothedRatio(before.decode, observation.tokensPerSecond, speed.tokensPerSecond),
    prefill:
      speed === null || observation.prefillTokensPerSecond === null
        ? before.prefill
        : smoothedRatio(before.prefill, observation.prefillTokensPerSecond, speed.prefillTokensPerSecond),
    // On a graphics processor the process holds only a part of the model.
    memory:
      memoryBytes === null || backend !== 'cpu'
        ? before.memory
        : smoothedRatio(before.memory, memoryBytes, loadingBytes(memory)),
  };
}

/** The record with what a model did here: smoothed figures of its own, and the calibration of all predictions. */
export function withObservation(record: MachineRecord, observation: Observation): MachineRecord {
  const { sha256, description: _description, ...now } = observation;
  const isSame = (one: MachineRecord['measurements'][number]): boolean =>
    one.sha256 === sha256 && one.measured.backend === now.backend && one.measured.contextTokens === now.contextTokens;
  const before = record.measurements.find(isSame);
  return {
    ...record,
    calibrations: [
      ...record.calibrations.filter(({ backend }) => backend !== observation.backend),
      calibrated(record, observation),
    ],
    measurements: [
      ...record.measurements.filter((one) => !isSame(one)),
      { sha256, measured: merged(before?.measured, now) },
    ],
  };
}

/** The record with a new probe, which begins the calibration of its backend's rates anew. */
export function withProbe(record: MachineRecord, probe: MachineProbe): MachineRecord {
  const { backend } = probe;
  return {
    ...record,
    probes: [...record.probes.filter((one) => one.backend !== backend), probe],
    calibrations: record.calibrations.map((one) => (one.backend === backend ? { ...one, decode: 1, prefill: 1 } : one)),
  };
}
