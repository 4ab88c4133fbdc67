import { z } from 'zod';
import { draftKeySchema, draftSchema } from '../shared/draft.ts';
import { conversationIdSchema, messageIdSchema, presetIdSchema } from '../shared/ids.ts';
import { presetTextSchema } from '../shared/preset.ts';
import { placeChoiceSchema } from '../shared/route.ts';
import { messageText as text, neverAborted, procedure } from './procedure.ts';

/** Asking, and asking again. */
export const chat = {
  send: procedure
    .input(z.object({ conversationId: conversationIdSchema.optional(), text, choice: placeChoiceSchema.optional() }))
    .handler(({ context, input: { conversationId, choice, ...rest } }) =>
      context.services.chat.send({
        ...rest,
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(choice === undefined ? {} : { choice }),
      }),
    ),
  retry: procedure
    .input(z.object({ answerId: messageIdSchema, choice: placeChoiceSchema.optional() }))
    .handler(({ context, input }) => context.services.chat.retry(input.answerId, input.choice)),
  edit: procedure
    .input(z.object({ questionId: messageIdSchema, text }))
    .handler(({ context, input }) => context.services.chat.edit(input)),
  continue: procedure
    .input(z.object({ answerId: messageIdSchema }))
    .handler(({ context, input }) => context.services.chat.continue(input.answerId)),
  meter: procedure
    .input(z.object({ conversationId: conversationIdSchema.optional(), text }))
    .handler(({ context, input: { conversationId, ...rest }, signal }) =>
      context.services.chat.meter(
        { ...rest, ...(conversationId === undefined ? {} : { conversationId }) },
        signal ?? neverAborted,
      ),
    ),
};

/** What was begun and not sent. */
export const drafts = {
  get: procedure
    .input(z.object({ key: draftKeySchema }))
    .handler(({ context, input }) => context.services.drafts.get(input.key)),
  put: procedure
    .input(z.object({ key: draftKeySchema, draft: draftSchema }))
    .handler(({ context, input }) => context.services.drafts.put(input.key, input.draft)),
};

/** Ways to ask that were written down. */
export const presets = {
  list: procedure.handler(({ context }) => context.services.presets.list()),
  create: procedure.input(presetTextSchema).handler(({ context, input }) => context.services.presets.create(input)),
  update: procedure
    .input(z.object({ id: presetIdSchema, text: presetTextSchema }))
    .handler(({ context, input }) => context.services.presets.update(input.id, input.text)),
  setHidden: procedure
    .input(z.object({ id: presetIdSchema, isHidden: z.boolean() }))
    .handler(({ context, input }) => context.services.presets.setHidden(input.id, input.isHidden)),
  remove: procedure
    .input(z.object({ id: presetIdSchema }))
    .handler(({ context, input }) => context.services.presets.remove(input.id)),
  restore: procedure
    .input(z.object({ id: presetIdSchema }))
    .handler(({ context, input }) => context.services.presets.restore(input.id)),
};
