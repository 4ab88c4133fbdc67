import { cpus, totalmem } from 'node:os';
import type { GraphicsDevices } from '../../inference/devices/graphics-devices.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ModelFit } from '../../shared/fit.ts';
import type { Backend, MachineProbe } from '../../shared/machine.ts';
import type { ModelOptions } from '../../shared/model-detail.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import { calibrationOf, probeOf, withObservation, withProbe } from './calibrate.ts';
import type { FitService, FitSubject } from './fit-service.ts';
import { readMachineRecord, writeMachineRecord } from './machine-file.ts';
import type { MachineRecord } from './machine-file.ts';
import { measuresOf } from './measures.ts';
import { predictFit } from './predict-fit.ts';

/** What the service is made of. */
export type FitServiceOptions = {
  readonly dataFolder: string;
  readonly cores: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Left out where only the processor computes. */
  readonly devices?: Pick<GraphicsDevices, 'reports' | 'chosen'>;
  /** Measures one backend with a made model. */
  readonly measure: (backend: Backend, signal: AbortSignal) => Promise<Omit<MachineProbe, 'backend' | 'measuredAt'>>;
  /** Bytes that a model may take now. */
  readonly availableBytes: () => number;
};

/** One record in memory and on the disk, changed in turn. */
function createMachineStore({ dataFolder, logger }: FitServiceOptions) {
  const machine = `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}`;
  let reading: Promise<MachineRecord> | null = null;
  let writing: Promise<void> = Promise.resolve();
  const read = async (): Promise<MachineRecord> => (reading ??= readMachineRecord(dataFolder, machine));
  const change = async (apply: (record: MachineRecord) => MachineRecord): Promise<void> => {
    const changed = apply(await read());
    reading = Promise.resolve(changed);
    await writeMachineRecord(dataFolder, changed).catch((error: unknown) => {
      // All of it can be measured again.
      logger.warn('machine-not-written', { code: AppError.from(error).code });
    });
  };
  return {
    read,
    async change(apply: (record: MachineRecord) => MachineRecord): Promise<void> {
      writing = writing.then(() => change(apply));
      await writing;
    },
  };
}

/** Lets callers at the same time share one run, which is aborted when all of them have left. */
function createSharedRun<Result>(run: (signal: AbortSignal) => Promise<Result>) {
  let current: { readonly result: Promise<Result>; readonly left: AbortController; waiting: number } | null = null;
  return async (signal: AbortSignal): Promise<Result> => {
    signal.throwIfAborted();
    if (current === null) {
      const left = new AbortController();
      const result = run(left.signal).finally(() => {
        current = null;
      });
      // Whoever waits for it hears of its failure; when all have left, nobody has to.
      result.catch(() => undefined);
      current = { result, left, waiting: 0 };
    }
    const mine = current;
    mine.waiting += 1;
    try {
      return await untilAborted(mine.result, signal);
    } finally {
      mine.waiting -= 1;
      if (mine.waiting === 0) mine.left.abort();
    }
  };
}

/** Predictions from headers, a probe and what models did here before; kept in `machine.json` of the data folder. */
export function createFitService(options: FitServiceOptions): FitService {
  const { cores, clock, devices, measure, availableBytes } = options;
  const store = createMachineStore(options);
  const never = new AbortController().signal;
  const chosen = async (): Promise<Backend> => (await devices?.chosen(never)) ?? 'cpu';

  const probe = createSharedRun(async (signal) => {
    const backend = await chosen();
    const measured = await measure(backend, signal);
    const result: MachineProbe = { backend, measuredAt: clock.now(), ...measured };
    await store.change((record) => withProbe(record, result));
    return result;
  });

  const predict = async (subject: FitSubject, wish: Partial<ModelOptions> = {}): Promise<ModelFit> => {
    const record = await store.read();
    const reports = (await devices?.reports(never)) ?? [];
    const wanted = wish.backend ?? 'auto';
    const backend = wanted === 'auto' ? await chosen() : wanted;
    const sha256 = subject.known === 'header' ? subject.sha256 : undefined;
    return predictFit(
      measuresOf(subject),
      {
        availableBytes: availableBytes(),
        backend,
        report: reports.find((report) => report.backend === backend),
        probe: probeOf(record, backend),
        processorProbe: probeOf(record, 'cpu'),
        calibration: calibrationOf(record, backend),
        measurements: record.measurements
          .filter((one) => one.sha256 === sha256 && one.measured.backend === backend)
          .map(({ measured }) => measured),
      },
      {
        contextTokens: wish.contextTokens ?? null,
        usesFlashAttention: wish.usesFlashAttention ?? null,
        batchTokens: wish.batchTokens ?? null,
        graphicsLayers: wish.graphicsLayers ?? null,
      },
    );
  };

  return {
    async machine() {
      const [record, backend] = await Promise.all([store.read(), chosen()]);
      return {
        cores,
        memoryBytes: totalmem(),
        availableMemoryBytes: availableBytes(),
        backends: (await devices?.reports(never)) ?? [],
        backend,
        probe: probeOf(record, backend),
      };
    },
    probe,
    predict,
    observe: async (observation) => await store.change((record) => withObservation(record, observation)),
    async measurements(sha256) {
      const { measurements } = await store.read();
      return measurements.filter((one) => one.sha256 === sha256).map(({ measured }) => measured);
    },
  };
}
