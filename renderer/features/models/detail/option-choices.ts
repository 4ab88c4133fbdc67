import type { MachineReport } from '../../../../electron/shared/machine.ts';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';

/** Sizes of the window that are worth a choice, in tokens. */
const windows = [2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144];
const batches = [64, 128, 256, 512, 1_024, 2_048];

/** The steps and what stands now, which the command line may have set to anything, in order. */
function withPresent(steps: readonly number[], present: number | null): readonly number[] {
  const all = present === null ? steps : [...steps, present];
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Windows up to what the model was trained for, and that itself. */
export function windowChoices({ description, options }: ModelDetail): readonly number[] {
  const most = description.contextLength;
  return withPresent([...windows.filter((tokens) => tokens < most), Math.max(512, most)], options.contextTokens);
}

/** One thread up to one for each core, in steps that make a difference. */
export function threadChoices({ options }: ModelDetail, { cores }: Pick<MachineReport, 'cores'>): readonly number[] {
  const steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64].filter((threads) => threads < cores);
  return withPresent([...steps, Math.min(512, cores)], options.threads);
}

/** None, quarters and all of the layers. */
export function layerChoices({ fit, options }: ModelDetail): readonly number[] {
  const quarters = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(fit.layers * share));
  return withPresent(quarters, options.graphicsLayers);
}

export function batchChoices({ options }: ModelDetail): readonly number[] {
  return withPresent(batches, options.batchTokens);
}

/** How strongly an adapter works: from off to twice. */
export function scaleChoices(present: number): readonly number[] {
  return withPresent([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2], present);
}
