import type { ParsingLauncher } from '../parsing/parsing-launcher.ts';
import { createExportAnswerer } from '../parsing/worker/conversation-exports/answer-export-requests.ts';
import type { ExportLimits } from '../parsing/worker/conversation-exports/export-limits.ts';

/** Reads exports in the test's own process, for tests of hundreds of files; everything but the process is the real thing. */
export function createInProcessExportLauncher(limits?: ExportLimits): ParsingLauncher {
  return {
    launch: () => {
      let listener: (message: unknown) => void = () => undefined;
      let isAlive = true;
      const answer = createExportAnswerer(async (event) => {
        if (isAlive) listener(structuredClone(event));
      }, limits);
      return {
        send: (message) => void answer.accept(message),
        onMessage: (next) => (listener = next),
        onExit: () => undefined,
        kill: () => {
          isAlive = false;
          void answer.stop();
        },
      };
    },
  };
}
