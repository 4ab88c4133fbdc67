import { z } from 'zod';
import { AppError } from '../shared/app-error.ts';
import { conversationIdSchema, messageIdSchema, runIdSchema } from '../shared/ids.ts';
import { placeChoiceSchema } from '../shared/route.ts';
import { isEmptyScope, searchScopeSchema } from '../shared/search-scope.ts';
import { settingsPatchSchema } from '../shared/settings.ts';
import { access } from './access-calls.ts';
import { chat, drafts, presets } from './chat-calls.ts';
import { cloud, privacy, remotes, usage } from './cloud-calls.ts';
import { conversations, search, transfer } from './conversation-calls.ts';
import { desktop, quickAsk } from './desktop-calls.ts';
import { documents, library, summaries } from './document-calls.ts';
import { catalogue, downloads, keys, machine, models } from './model-calls.ts';
import { messageText as text, neverAborted, procedure, streamed } from './procedure.ts';
import { enginePacks, updates } from './update-calls.ts';

const app = {
  describe: procedure.handler(({ context }) => context.description),
  look: procedure.handler(({ context }) => context.look()),
  watchStatus: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.status.watch(signal ?? neverAborted));
  }),
  openExternal: procedure
    .input(z.object({ url: z.string().max(8_192) }))
    .handler(({ context, input }) => context.openExternal(input.url)),
};

const settings = {
  get: procedure.handler(({ context }) => context.services.settings.get()),
  update: procedure.input(settingsPatchSchema).handler(({ context, input }) => context.services.settings.update(input)),
};

const answers = {
  ask: procedure
    .input(
      z.object({
        conversationId: conversationIdSchema.optional(),
        scope: searchScopeSchema.refine((scope) => !isEmptyScope(scope)),
        question: text,
        choice: placeChoiceSchema.optional(),
      }),
    )
    .handler(({ context, input: { conversationId, choice, ...rest } }) =>
      context.services.answers.ask({
        ...rest,
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(choice === undefined ? {} : { choice }),
      }),
    ),
  retry: procedure
    .input(z.object({ answerId: messageIdSchema, choice: placeChoiceSchema.optional() }))
    .handler(({ context, input }) => context.services.answers.retry(input.answerId, input.choice)),
};

const runs = {
  follow: procedure.input(z.object({ runId: runIdSchema, afterSequence: z.int().min(-1) })).handler(async function* ({
    context,
    input,
    signal,
  }) {
    yield* streamed(() => context.services.runs.follow(input.runId, input.afterSequence, signal ?? neverAborted));
  }),
  stop: procedure
    .input(z.object({ runId: runIdSchema }))
    .handler(({ context, input }) => context.services.runs.stop(input.runId)),
};

const files = {
  ticketForPath: procedure.input(z.object({ path: z.string().max(32_768) })).handler(({ context, input }) => {
    if (!context.canNamePaths) throw new AppError('app/invalid-input', 'This door hands over files, not paths.');
    return context.services.files.ticketForPath(input.path);
  }),
  /** A ticket for what a page has as text and not as a file, such as a long paste. */
  ticketForText: procedure
    .input(z.object({ name: z.string().min(1).max(255), text }))
    .handler(({ context, input }) => context.services.files.ticketForText(input.name, input.text)),
};

/** The only list of calls. Every door serves it, and the window infers its client from its type. */
export const router = {
  access,
  app,
  settings,
  conversations,
  chat,
  answers,
  runs,
  files,
  documents,
  library,
  summaries,
  models,
  catalogue,
  downloads,
  machine,
  keys,
  privacy,
  remotes,
  cloud,
  usage,
  drafts,
  presets,
  search,
  transfer,
  desktop,
  quickAsk,
  updates,
  enginePacks,
};
export type AppRouter = typeof router;
