import { z } from 'zod';
import { conversationIdSchema, ledgerEntryIdSchema, previewIdSchema, remoteIdSchema } from '../shared/ids.ts';
import { ledgerQuerySchema } from '../shared/ledger-query.ts';
import { remoteTextSchema } from '../shared/remote.ts';
import { neverAborted, procedure, streamed } from './procedure.ts';

const byRemote = z.object({ id: remoteIdSchema });
const byPreview = z.object({ id: previewIdSchema });
const instant = z.int().nonnegative();

/** Large models elsewhere that were set up. */
export const remotes = {
  list: procedure.handler(({ context }) => context.services.remotes.list()),
  add: procedure.input(remoteTextSchema).handler(({ context, input }) => context.services.remotes.add(input)),
  update: procedure
    .input(byRemote.extend({ text: remoteTextSchema }))
    .handler(({ context, input }) => context.services.remotes.update(input.id, input.text)),
  remove: procedure.input(byRemote).handler(({ context, input }) => context.services.remotes.remove(input.id)),
  models: procedure
    .input(byRemote)
    .handler(({ context, input, signal }) => context.services.remotes.models(input.id, signal ?? neverAborted)),
  test: procedure
    .input(byRemote)
    .handler(({ context, input, signal }) => context.services.remotes.test(input.id, signal ?? neverAborted)),
};

/** Requests that wait for a person. */
export const cloud = {
  preview: procedure.input(byPreview).handler(({ context, input }) => context.services.cloud.preview(input.id)),
  redactMore: procedure
    .input(
      byPreview.extend({
        words: z.array(z.string().trim().min(1).max(200)).min(1).max(100),
        isRemembered: z.boolean().default(false),
      }),
    )
    .handler(({ context, input: { id, ...request } }) => context.services.cloud.redactMore(id, request)),
  edit: procedure
    .input(
      byPreview.extend({
        turns: z.array(z.object({ index: z.int().nonnegative(), text: z.string().max(2_000_000) })).max(1_000),
      }),
    )
    .handler(({ context, input }) => context.services.cloud.edit(input.id, input.turns)),
  decide: procedure
    .input(
      z.discriminatedUnion('decision', [
        byPreview.extend({
          decision: z.literal('send'),
          bodyHash: z.string().max(64),
          isAlways: z.boolean().default(false),
        }),
        byPreview.extend({ decision: z.enum(['local', 'cancel']) }),
      ]),
    )
    .handler(({ context, input: { id, ...choice } }) => context.services.cloud.decide(id, choice)),
};

/** What was used, and what it cost. */
export const usage = {
  month: procedure
    .input(z.object({ at: instant }))
    .handler(({ context, input }) => context.services.usage.month(input.at)),
  conversation: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.usage.conversation(input.id)),
};

/** What left, and the lock. */
export const privacy = {
  ledger: procedure.input(ledgerQuerySchema).handler(({ context, input }) => context.services.privacy.ledger(input)),
  month: procedure
    .input(z.object({ at: instant }))
    .handler(({ context, input }) => context.services.privacy.month(input.at)),
  verify: procedure.handler(({ context }) => context.services.privacy.verify()),
  exportLines: procedure.handler(async function* ({ context }) {
    yield* streamed(() => context.services.privacy.exportLines());
  }),
  sentBody: procedure
    .input(z.object({ id: ledgerEntryIdSchema }))
    .handler(({ context, input }) => context.services.privacy.sentBody(input.id)),
  setOffline: procedure
    .input(z.object({ isOffline: z.boolean() }))
    .handler(({ context, input }) => context.services.privacy.setOffline(input.isOffline)),
  localOnly: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.privacy.localOnly(input.id)),
};
