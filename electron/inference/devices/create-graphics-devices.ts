import { readdir } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Backend, BackendChoice, BackendReport } from '../../shared/machine.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import type { EngineLauncher } from '../launchers/engine-launcher.ts';
import { examineBackend, unusable } from './examine-backend.ts';
import type { GraphicsDevices } from './graphics-devices.ts';
import { machineFingerprint } from './machine-fingerprint.ts';
import { candidateBackends, chosenBackend, placeModel } from './place-model.ts';
import { readRememberedDevices, sizeClassOf, writeRememberedDevices } from './remembered-devices.ts';
import type { RememberedDevices } from './remembered-devices.ts';

/** What the devices are found with. */
export type GraphicsDevicesOptions = {
  readonly launcher: EngineLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly operatingSystem: NodeJS.Platform;
  /** Absolute; what was found out is kept there. */
  readonly file: string;
  /** Absolute; where libraries are that came later than the app. */
  readonly enginePackFolder?: string;
  /** The person's choice for all models. */
  readonly choice: () => Promise<BackendChoice>;
  /** Default: `machineFingerprint`. */
  readonly fingerprint?: () => Promise<string>;
  /** False where no dry run can find anything; default: whether Linux has a node for a graphics device, true elsewhere. */
  readonly canHaveDevice?: () => Promise<boolean>;
};

/** Dry runs are made again after this long, in milliseconds. */
const freshForMs = 30 * 24 * 3_600_000;

/** Nothing runs and nothing is read before the first question. */
export function createGraphicsDevices(options: GraphicsDevicesOptions): GraphicsDevices {
  const closing = new AbortController();
  let known: Promise<RememberedDevices> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const remembered = async (): Promise<RememberedDevices> => {
    known ??= recall(options, closing.signal);
    try {
      return await known;
    } catch (error) {
      known = null;
      throw error;
    }
  };
  const change = async (changed: (before: RememberedDevices) => RememberedDevices): Promise<void> => {
    const next = changed(await remembered());
    known = Promise.resolve(next);
    writing = writing.then(async () => await keep(options, next));
    await writing;
  };

  return {
    reports: async (signal) => (await untilAborted(remembered(), signal)).reports,
    chosen: async (signal) => chosenBackend((await untilAborted(remembered(), signal)).reports, await options.choice()),
    async place({ choice = 'auto', ...model }, signal) {
      const facts = await untilAborted(remembered(), signal);
      return placeModel(facts, { ...model, choice: choice === 'auto' ? await options.choice() : choice });
    },
    recordCrash: async (backend, sizeBytes) => await change((before) => withCrash(before, backend, sizeBytes)),
    async tuning(backend, sizeBytes) {
      const { tunings } = await remembered();
      const sizeClass = sizeClassOf(sizeBytes);
      return tunings.find((one) => one.backend === backend && one.sizeClass === sizeClass)?.tuning ?? null;
    },
    async recordTuning(backend, sizeBytes, tuning) {
      const sizeClass = sizeClassOf(sizeBytes);
      await change((before) => ({
        ...before,
        tunings: [
          ...before.tunings.filter((one) => one.backend !== backend || one.sizeClass !== sizeClass),
          { backend, sizeClass, tuning },
        ],
      }));
    },
    examineAgain() {
      known = null;
    },
    async close() {
      closing.abort();
      await known?.catch(() => undefined);
      await writing;
    },
  };
}

async function recall(options: GraphicsDevicesOptions, signal: AbortSignal): Promise<RememberedDevices> {
  const { clock, file, logger, enginePackFolder } = options;
  const read = options.fingerprint ?? (async () => await machineFingerprint(enginePackFolder));
  const fingerprint = await read();
  const before = await readRememberedDevices(file);
  const ageMs = clock.now() - (before?.examinedAt ?? 0);
  if (before?.fingerprint === fingerprint && ageMs >= 0 && ageMs < freshForMs) return before;
  const reports = await examineAll(options, signal);
  for (const { backend, isUsable, problem } of reports) logger.info('backend-examined', { backend, isUsable, problem });
  const found: RememberedDevices = {
    version: 1,
    fingerprint,
    examinedAt: clock.now(),
    reports,
    crashes: [],
    tunings: [],
  };
  await keep(options, found);
  return found;
}

async function examineAll(options: GraphicsDevicesOptions, signal: AbortSignal): Promise<readonly BackendReport[]> {
  const candidates = candidateBackends(options.operatingSystem);
  const { canHaveDevice = async () => await hasDeviceNode(options.operatingSystem) } = options;
  // A process for each costs a second that the first question would wait for.
  if (!(await canHaveDevice())) return candidates.map((backend) => unusable(backend, 'no-device'));
  const reports: BackendReport[] = [];
  // One after the other: two drivers that wake the same device at once are a test that nobody needs.
  for (const backend of candidates) reports.push(await examineBackend(backend, { ...options, signal }));
  return reports;
}

/** On Linux every driver works through a node; other systems do not show theirs. */
async function hasDeviceNode(operatingSystem: NodeJS.Platform): Promise<boolean> {
  if (operatingSystem !== 'linux') return true;
  const names = await readdir('/dev').catch(() => []);
  return names.some((name) => name === 'dri' || name === 'dxg' || name === 'kfd' || name.startsWith('nvidia'));
}

async function keep({ file, logger }: GraphicsDevicesOptions, remembered: RememberedDevices): Promise<void> {
  try {
    await writeRememberedDevices(file, remembered);
  } catch (error) {
    // Found out again at the next start; nothing else depends on it.
    logger.warn('devices-not-remembered', { code: AppError.from(error).code });
  }
}

function withCrash(before: RememberedDevices, backend: Backend, sizeBytes: number): RememberedDevices {
  const sizeClass = sizeClassOf(sizeBytes);
  const isIt = (one: RememberedDevices['crashes'][number]): boolean =>
    one.backend === backend && one.sizeClass === sizeClass;
  const count = (before.crashes.find(isIt)?.count ?? 0) + 1;
  return { ...before, crashes: [...before.crashes.filter((one) => !isIt(one)), { backend, sizeClass, count }] };
}
