import type { ModelFit, ModelMeasurement } from '../../shared/fit.ts';
import type { Backend, BackendReport, MachineProbe } from '../../shared/machine.ts';
import type { Calibration } from './machine-file.ts';
import type { ModelMeasures } from './measures.ts';
import { loadingBytes, predictMemory, totalBytes, windowStep } from './predict-memory.ts';
import type { MemoryPrediction } from './predict-memory.ts';
import { predictSpeed, toldPromptTokens } from './predict-speed.ts';

/** What a model is predicted for. */
export type FitGround = {
  readonly availableBytes: number;
  readonly backend: Backend;
  /** Of that backend; undefined for the processor. */
  readonly report?: BackendReport | undefined;
  readonly probe: MachineProbe | null;
  /** Of the processor, for the blocks that do not fit on a graphics processor. */
  readonly processorProbe: MachineProbe | null;
  readonly calibration: Calibration;
  /** Of this very model with this backend, newest last. */
  readonly measurements: readonly ModelMeasurement[];
};

/** What a person asked for; null leaves it to Sotto. */
export type FitWish = {
  readonly contextTokens: number | null;
  readonly usesFlashAttention: boolean | null;
  readonly batchTokens: number | null;
  readonly graphicsLayers: number | null;
};

/** Window in tokens where nobody asks for one. */
const usualContextTokens = 8_192;
/** What searches reads passages, in windows no larger than this, each at once. */
const mostPassageTokens = 2_048;
/** Below this no conversation fits. */
const leastContextTokens = 512;
/** Of the available memory: what the engine may take at all, and what leaves room for other programs. */
const mostShare = 0.85;
const roomyShare = 0.7;
/** Of a graphics processor's free memory. */
const graphicsShare = 0.9;

/** What a batch of a prompt takes at most, in milliseconds, so that others get their turn. */
const batchMs = 130;

function batchTokensOf(measures: ModelMeasures, { probe }: FitGround, wish: FitWish): number | undefined {
  if (measures.kind !== 'chat') return undefined;
  if (wish.batchTokens !== null) return wish.batchTokens;
  const most = 512;
  if (probe === null) return 64;
  const paced = Math.floor((predictSpeed(measures, probe).prefillTokensPerSecond * batchMs) / 1_000);
  return Math.max(8, Math.min(most, paced));
}

/** The largest window, in steps of the library, that `holds` says yes to; 0 for none. */
function largestWindow(mostTokens: number, holds: (contextTokens: number) => boolean): number {
  if (holds(mostTokens)) return mostTokens;
  if (!holds(Math.min(leastContextTokens, mostTokens))) return 0;
  let [fitting, tooLarge] = [Math.floor(leastContextTokens / windowStep), Math.ceil(mostTokens / windowStep)];
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2);
    if (holds(middle * windowStep)) fitting = middle;
    else tooLarge = middle;
  }
  return fitting * windowStep;
}

/** Blocks on the graphics processor: as many as fit, each with its part of the window. */
function graphicsLayersOf(measures: ModelMeasures, ground: FitGround, wish: FitWish, memory: MemoryPrediction): number {
  const { backend, report } = ground;
  if (backend === 'cpu') return 0;
  const wanted = Math.min(measures.layers, wish.graphicsLayers ?? measures.layers);
  // One memory for both.
  if (backend === 'metal') return wanted;
  const freeBytes = (report?.devices ?? []).reduce((sum, device) => sum + device.freeBytes, 0) * graphicsShare;
  const layerBytes = (memory.weightsBytes + memory.windowBytes) / measures.layers;
  return Math.max(0, Math.min(wanted, Math.floor((freeBytes - memory.buffersBytes) / layerBytes)));
}

/** Rates that were measured, else predicted and corrected by what other models did here; null before either. */
function ratesOf(
  measures: ModelMeasures,
  ground: FitGround,
  graphicsShareOfLayers: number,
): Pick<ModelFit, 'tokensPerSecond' | 'timeToFirstTokenMs' | 'isMeasured'> {
  if (measures.kind !== 'chat') return { tokensPerSecond: null, timeToFirstTokenMs: null, isMeasured: false };
  const measured = ground.measurements.at(-1);
  const predicted = predictedRates(measures, ground, graphicsShareOfLayers);
  if (measured === undefined) {
    return {
      tokensPerSecond: predicted?.tokensPerSecond ?? null,
      timeToFirstTokenMs: predicted?.timeToFirstTokenMs ?? null,
      isMeasured: false,
    };
  }
  const prefill = measured.prefillTokensPerSecond;
  return {
    tokensPerSecond: measured.tokensPerSecond,
    timeToFirstTokenMs:
      prefill === null
        ? (predicted?.timeToFirstTokenMs ?? null)
        : (toldPromptTokens / prefill + 1 / measured.tokensPerSecond) * 1_000,
    isMeasured: true,
  };
}

function predictedRates(
  measures: ModelMeasures,
  { backend, probe, processorProbe, calibration }: FitGround,
  share: number,
): { readonly tokensPerSecond: number; readonly timeToFirstTokenMs: number } | null {
  const whole = probe === null ? null : predictSpeed(measures, probe);
  const rest = processorProbe === null ? null : predictSpeed(measures, processorProbe);
  const [main, other] = backend === 'cpu' ? [whole ?? rest, null] : [whole, rest];
  if (main === null || (share < 1 && backend !== 'cpu' && other === null)) return null;
  const mix = (ofMain: number, ofOther: number): number =>
    backend === 'cpu' ? ofMain : share * ofMain + (1 - share) * ofOther;
  const tokenMs = mix(1_000 / main.tokensPerSecond, other === null ? 0 : 1_000 / other.tokensPerSecond);
  const firstMs = mix(main.timeToFirstTokenMs, other?.timeToFirstTokenMs ?? 0);
  return {
    tokensPerSecond: (1_000 / tokenMs) * calibration.decode,
    timeToFirstTokenMs: firstMs / calibration.prefill,
  };
}

/** How a model would run here. */
export function predictFit(measures: ModelMeasures, ground: FitGround, wish: FitWish): ModelFit {
  const { availableBytes, backend, calibration } = ground;
  const isChat = measures.kind === 'chat';
  const batchTokens = batchTokensOf(measures, ground, wish);
  const mostTokens = isChat ? measures.contextLength : Math.min(measures.contextLength, mostPassageTokens);
  const usesFlashAttention = wish.usesFlashAttention ?? backend !== 'cpu';
  const memoryAt = (contextTokens: number): MemoryPrediction => {
    const memory = predictMemory(measures, {
      contextTokens,
      batchTokens: batchTokens ?? contextTokens,
      usesFlashAttention,
    });
    const corrected = (bytes: number): number => Math.round(bytes * calibration.memory);
    return { ...memory, weightsBytes: corrected(memory.weightsBytes), windowBytes: corrected(memory.windowBytes) };
  };
  const wantedTokens = Math.min(wish.contextTokens ?? usualContextTokens, mostTokens);
  const layersOnGraphics = graphicsLayersOf(measures, ground, wish, memoryAt(wantedTokens));
  // What lies on a graphics processor of its own is not taken from the machine's memory.
  const hereShare = backend === 'cpu' || backend === 'metal' ? 1 : 1 - layersOnGraphics / measures.layers;
  const hereBytes = (contextTokens: number): number => {
    const { weightsBytes, windowBytes, buffersBytes, vocabularyBytes, processBytes } = memoryAt(contextTokens);
    // A second window is for work beside the conversation.
    const windows = isChat ? 2 : 1;
    return (weightsBytes + windows * windowBytes) * hereShare + buffersBytes + vocabularyBytes + processBytes;
  };
  const contextTokens = largestWindow(mostTokens, (tokens) => hereBytes(tokens) <= availableBytes * mostShare);
  const shownTokens =
    contextTokens === 0 ? Math.min(leastContextTokens, wantedTokens) : Math.min(wantedTokens, contextTokens);
  const memory = memoryAt(shownTokens);
  const isTight = contextTokens < wantedTokens || hereBytes(shownTokens) > availableBytes * roomyShare;
  return {
    status: !measures.isSupported ? 'unsupported' : contextTokens === 0 ? 'too-large' : isTight ? 'tight' : 'fits',
    memoryBytes: totalBytes(memory) + measuredExtraBytes(ground, shownTokens, memory),
    weightsBytes: memory.weightsBytes,
    windowBytes: memory.windowBytes,
    buffersBytes: memory.buffersBytes + memory.vocabularyBytes,
    availableBytes,
    contextTokens,
    backend,
    graphicsLayers: layersOnGraphics,
    layers: measures.layers,
    ...ratesOf(measures, ground, layersOnGraphics / measures.layers),
  };
}

/** What loading the model with this window really took, against the prediction. */
function measuredExtraBytes({ measurements }: FitGround, contextTokens: number, memory: MemoryPrediction): number {
  const measured = measurements.findLast((one) => one.contextTokens === contextTokens && one.memoryBytes !== null);
  if (measured?.memoryBytes == null) return 0;
  return measured.memoryBytes - loadingBytes(memory);
}
