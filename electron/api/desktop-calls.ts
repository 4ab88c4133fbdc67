import { z } from 'zod';
import { quickAskTextLimit, windowKindSchema, windowPageSchema } from '../shared/desktop.ts';
import { conversationIdSchema, presetIdSchema } from '../shared/ids.ts';
import { messageText as text, neverAborted, procedure, streamed } from './procedure.ts';

/** The desktop around the windows, and what it asks of them. */
export const desktop = {
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.desktop.watch(signal ?? neverAborted));
  }),
  requests: procedure.input(z.object({ window: windowKindSchema })).handler(async function* ({
    context,
    input,
    signal,
  }) {
    yield* streamed(() => context.services.desktop.requests(input.window, signal ?? neverAborted));
  }),
};

const tallestPixels = 10_000;

/** A question from anywhere, and the small window that it is asked in. */
export const quickAsk = {
  warm: procedure.handler(({ context }) => context.services.quickAsk.warm()),
  ask: procedure
    .input(
      z.object({
        text: z.string().max(quickAskTextLimit),
        context: z.string().max(quickAskTextLimit).nullable(),
        presetId: presetIdSchema.nullable(),
        replaces: conversationIdSchema.nullable(),
      }),
    )
    .handler(({ context, input }) => context.services.quickAsk.ask(input)),
  continue: procedure
    .input(z.object({ conversationId: conversationIdSchema }))
    .handler(({ context, input }) => context.services.quickAsk.continue(input.conversationId)),
  forget: procedure
    .input(z.object({ conversationId: conversationIdSchema }))
    .handler(({ context, input }) => context.services.quickAsk.forget(input.conversationId)),
  show: procedure
    .input(z.object({ page: windowPageSchema }))
    .handler(({ context, input }) => context.services.quickAsk.show(input.page)),
  takeText: procedure
    .input(z.object({ from: z.enum(['selection', 'clipboard']) }))
    .handler(({ context, input }) => context.services.quickAsk.takeText(input.from)),
  paste: procedure
    .input(z.object({ text }))
    .handler(({ context, input }) => context.services.quickAsk.paste(input.text)),
  /** Needs no open chats: a window that asks for the passphrase must be able to go away. */
  hide: procedure.handler(({ context }) => context.quickAskWindow.hide()),
  setHeight: procedure
    .input(z.object({ heightPixels: z.number().min(1).max(tallestPixels) }))
    .handler(({ context, input }) => context.quickAskWindow.setHeight(input.heightPixels)),
};
