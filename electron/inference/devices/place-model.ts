import type { Backend, BackendChoice, BackendProblem, BackendReport } from '../../shared/machine.ts';
import type { RememberedDevices } from './remembered-devices.ts';
import { sizeClassOf } from './remembered-devices.ts';

/** Where a model is loaded; `graphicsLayers` is left out where as many as fit are wanted. */
export type Placement = {
  readonly backend: Backend;
  readonly graphicsLayers?: number;
  /** Why not the whole model on the fastest graphics processor; null when it is, or when this machine has none. */
  readonly problem: BackendProblem | null;
};

/** Fastest first. */
const fastestFirst: readonly Backend[] = ['metal', 'cuda', 'vulkan'];
/** A load that ended the process once is tried with half of the layers; the second time, the backend is left alone. */
const crashesUntilProcessor = 2;

/** Graphics interfaces that this system can have at all. */
export function candidateBackends(operatingSystem: NodeJS.Platform): readonly Backend[] {
  if (operatingSystem === 'darwin') return ['metal'];
  return operatingSystem === 'linux' || operatingSystem === 'win32' ? ['cuda', 'vulkan'] : [];
}

/**
 * Where a model of so many bytes and layers goes: what the person chose, else the fastest backend that passed its dry run
 * unless that ended the process with a model of this size twice; else the processor. `wantedLayers` is the person's number.
 */
export function placeModel(
  { reports, crashes }: Pick<RememberedDevices, 'reports' | 'crashes'>,
  wanted: {
    readonly choice: BackendChoice;
    readonly sizeBytes: number;
    readonly layers: number;
    readonly wantedLayers?: number;
  },
): Placement {
  const { choice, wantedLayers } = wanted;
  const hasGraphics = reports.some(({ isUsable }) => isUsable);
  if (choice === 'cpu' || wantedLayers === 0) return { backend: 'cpu', problem: hasGraphics ? 'not-chosen' : null };
  const candidates = fastestFirst.filter((backend) => choice === 'auto' || choice === backend);
  let problem: BackendProblem | null = null;
  for (const backend of candidates) {
    const report = reports.find((one) => one.backend === backend);
    // What a machine without a graphics processor lacks is no problem of the model, unless it was asked for.
    if (report?.isUsable !== true) {
      problem ??= isWorthTelling(report, choice) ? (report?.problem ?? 'no-device') : null;
      continue;
    }
    const crashed = countOf(crashes, backend, wanted.sizeBytes);
    // Another graphics interface would reach the same device through the same driver.
    if (crashed >= crashesUntilProcessor) return { backend: 'cpu', problem: 'crashed-before' };
    const half = Math.max(1, Math.floor(Math.min(wanted.layers, wantedLayers ?? wanted.layers) / 2));
    if (crashed > 0) return { backend, graphicsLayers: half, problem: 'crashed-before' };
    return { backend, ...(wantedLayers === undefined ? {} : { graphicsLayers: wantedLayers }), problem };
  }
  return { backend: 'cpu', problem };
}

/** The backend of the machine as a whole, for a model that has never been loaded. */
export function chosenBackend(reports: readonly BackendReport[], choice: BackendChoice): Backend {
  return placeModel({ reports, crashes: [] }, { choice, sizeBytes: 1, layers: 1 }).backend;
}

function isWorthTelling(report: BackendReport | undefined, choice: BackendChoice): boolean {
  return choice !== 'auto' || !['not-installed', 'no-device', undefined].includes(report?.problem ?? undefined);
}

function countOf(crashes: RememberedDevices['crashes'], backend: Backend, sizeBytes: number): number {
  const sizeClass = sizeClassOf(sizeBytes);
  return crashes.find((one) => one.backend === backend && one.sizeClass === sizeClass)?.count ?? 0;
}
