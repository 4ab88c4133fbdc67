import type { Services } from '../../electron/api/context.ts';
import { AppError } from '../../electron/shared/app-error.ts';
import { conversationIdSchema, createId, messageIdSchema, runIdSchema } from '../../electron/shared/ids.ts';
import type { DesktopState } from '../../electron/shared/desktop.ts';

const state: DesktopState = {
  shortcut: { accelerator: 'Alt+Space', status: 'registered' },
  frontApp: { reads: 'selection', canPaste: true },
  startsAtLogin: false,
  hasTray: true,
  canNotify: true,
};

/** The run of the answer that a quick question gets. */
export const quickRun = createId(runIdSchema);

const selected =
  'The tenancy may be terminated by either party with three months’ notice to the end of a calendar quarter. Notice must be given in writing.';

function untilLeft(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function* nothingUntilLeft(signal: AbortSignal): AsyncGenerator<never> {
  await untilLeft(signal);
  yield* [];
}

/** A desktop on which everything works, and quick questions that are all answered alike, or not at all. */
export function createGalleryDesktop(answersQuestions: boolean): Pick<Services, 'desktop' | 'quickAsk'> {
  return {
    desktop: {
      watch: async function* (signal) {
        yield state;
        await untilLeft(signal);
      },
      requests: (_, signal) => nothingUntilLeft(signal),
      close: () => Promise.resolve(),
    },
    quickAsk: {
      warm: () => Promise.resolve(),
      ask: async () => {
        if (!answersQuestions) throw new AppError('model/none', 'The gallery has no engine.');
        return {
          conversationId: createId(conversationIdSchema),
          answerId: createId(messageIdSchema),
          runId: quickRun,
        };
      },
      continue: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      show: () => Promise.resolve(),
      takeText: (from) => Promise.resolve({ status: 'taken', from, text: selected, isCut: false }),
      paste: () => Promise.resolve('pasted'),
      close: () => Promise.resolve(),
    },
  };
}
