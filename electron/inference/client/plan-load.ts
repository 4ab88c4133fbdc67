import type { Backend } from '../../shared/machine.ts';
import type { GraphicsDevices } from '../devices/graphics-devices.ts';
import type { Placement } from '../devices/place-model.ts';
import type { LoadRequest } from '../engine.ts';
import type { GgufDescription } from '../gguf/gguf-description.ts';
import type { LoadCommand } from '../protocol/engine-command.ts';

/** How a model is loaded now: what was asked for, with what was found out filled in. */
export type LoadPlan = {
  readonly request: LoadRequest;
  readonly sizeBytes: number;
  readonly placement: Placement;
  readonly command: Omit<LoadCommand, 'id'>;
  /** True when nothing is known yet of how a model of this size is best computed. */
  readonly wantsTuning: boolean;
};

/** `devices` is left out where only the processor computes. */
export async function planLoad(
  request: LoadRequest,
  description: Pick<GgufDescription, 'sizeBytes' | 'blockCount'>,
  { devices, signal }: { readonly devices: GraphicsDevices | undefined; readonly signal: AbortSignal },
): Promise<LoadPlan> {
  const { backend: choice, ...asked } = request;
  const { sizeBytes, blockCount } = description;
  if (devices === undefined) {
    const placement = { backend: 'cpu', problem: null } as const;
    return { request, sizeBytes, placement, command: { type: 'load', ...asked }, wantsTuning: false };
  }
  const { graphicsLayers: wantedLayers } = request;
  const subject = {
    sizeBytes,
    // The output counts as one more.
    layers: blockCount + 1,
    ...(choice === undefined ? {} : { choice }),
    ...(wantedLayers === undefined ? {} : { wantedLayers }),
  };
  const placement = await devices.place(subject, signal);
  const tuning = request.slot === 'chat' ? await devices.tuning(placement.backend, sizeBytes) : null;
  const { graphicsLayers } = placement;
  return {
    request,
    sizeBytes,
    placement,
    command: { type: 'load', ...tuning, ...asked, ...(graphicsLayers === undefined ? {} : { graphicsLayers }) },
    wantsTuning: request.slot === 'chat' && tuning === null && request.usesFlashAttention === undefined,
  };
}

/** The command for a process with another backend than the plan's: on the processor in it, where that is what is wanted. */
export function commandFor({ command, placement }: LoadPlan, backend: Backend): LoadPlan['command'] {
  return placement.backend === 'cpu' && backend !== 'cpu' ? { ...command, graphicsLayers: 0 } : command;
}
