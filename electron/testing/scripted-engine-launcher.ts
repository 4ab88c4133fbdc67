import type { EngineExit, EngineLauncher } from '../inference/launchers/engine-launcher.ts';
import type { EngineCommand, EngineWork } from '../inference/protocol/engine-command.ts';
import { engineCommandSchema } from '../inference/protocol/engine-command.ts';
import type { EngineEvent } from '../inference/protocol/engine-event.ts';

/** An engine process without weights, played by a test. */
export type ScriptedProcess = {
  /** Everything that the app said, in order. */
  readonly received: readonly EngineCommand[];
  readonly isKilled: boolean;
  say(event: EngineEvent): void;
  /** Says something that may break the protocol. */
  sayAnything(message: unknown): void;
  /** Ends the process, by default as one that was killed. */
  exit(exit?: EngineExit): void;
};

export type ScriptedLauncher = EngineLauncher & { readonly processes: readonly ScriptedProcess[] };

/**
 * Starts processes that are ready at once and load every model; what they do with other commands is up to `onWork`,
 * which returns true for a command that it has taken care of.
 */
export function createScriptedEngineLauncher(
  onWork: (work: EngineWork, process: ScriptedProcess) => boolean = () => false,
): ScriptedLauncher {
  const processes: ScriptedProcess[] = [];
  return {
    processes,
    launch: () => {
      let onMessage: ((message: unknown) => void) | null = null;
      let onExit: ((exit: EngineExit) => void) | null = null;
      let isKilled = false;
      let isGone = false;
      const received: EngineCommand[] = [];
      const exit = (how: EngineExit = { code: null, signal: 'SIGKILL' }): void => {
        if (isGone) return;
        isGone = true;
        queueMicrotask(() => onExit?.(how));
      };
      const say = (message: unknown): void => {
        queueMicrotask(() => {
          if (!isGone) onMessage?.(message);
        });
      };
      const scripted: ScriptedProcess = {
        received,
        get isKilled() {
          return isKilled;
        },
        say,
        sayAnything: say,
        exit,
      };
      processes.push(scripted);
      return {
        processId: processes.length,
        send: (message) => {
          if (isGone) return;
          const command = engineCommandSchema.parse(message);
          received.push(command);
          answer(command, scripted, onWork);
        },
        onMessage: (listener) => {
          onMessage = listener;
        },
        onExit: (listener) => {
          onExit = listener;
        },
        kill: () => {
          isKilled = true;
          exit();
        },
      };
    },
  };
}

function answer(
  command: EngineCommand,
  process: ScriptedProcess,
  onWork: (work: EngineWork, process: ScriptedProcess) => boolean,
): void {
  switch (command.type) {
    case 'configure':
      process.say({ type: 'ready' });
      return;
    case 'shutdown':
      process.exit({ code: 0, signal: null });
      return;
    case 'abort':
      process.say({ type: 'aborted', id: command.id });
      return;
    default:
      if (onWork(command, process)) return;
      if (command.type === 'load')
        process.say({ type: 'loaded', id: command.id, model: loadedModel(command, process) });
      if (command.type === 'unload') process.say({ type: 'done', id: command.id });
  }
}

function loadedModel(
  command: Extract<EngineWork, { readonly type: 'load' }>,
  process: ScriptedProcess,
): Extract<EngineEvent, { readonly type: 'loaded' }>['model'] {
  const setup = process.received.find((earlier) => earlier.type === 'configure');
  const contextTokens = setup?.safeModeContextTokens ?? command.contextTokens ?? 8_192;
  return {
    slot: command.slot,
    path: command.path,
    contextTokens,
    dimensions: command.slot === 'embedding' ? 4 : null,
    isSafeMode: setup?.safeModeContextTokens != null,
    backend: command.graphicsLayers === 0 ? 'cpu' : (setup?.backend ?? 'cpu'),
    graphicsLayers: setup === undefined || setup.backend === 'cpu' ? 0 : (command.graphicsLayers ?? 31),
    layers: 31,
    usesFlashAttention: command.usesFlashAttention ?? false,
    batchTokens: command.batchTokens ?? 512,
    memoryBytes: 100_000_000,
  };
}
