import { z } from 'zod';
import { AppError } from '../shared/app-error.ts';
import { repositorySchema } from '../shared/catalogue.ts';
import { downloadRequestSchema } from '../shared/download.ts';
import { hubQuerySchema } from '../shared/hub.ts';
import { downloadIdSchema, fileTicketSchema, modelIdSchema } from '../shared/ids.ts';
import { keyOwnerSchema } from '../shared/key.ts';
import { modelOptionsSchema } from '../shared/model-detail.ts';
import { modelJobSchema } from '../shared/model.ts';
import { neverAborted, procedure, streamed } from './procedure.ts';

const byId = z.object({ id: modelIdSchema });
const byTicket = z.object({ ticket: fileTicketSchema });
const byDownload = z.object({ id: downloadIdSchema });

/** Models on this machine. */
export const models = {
  list: procedure.handler(({ context }) => context.services.models.list()),
  select: procedure
    .input(z.object({ id: modelIdSchema.nullable(), job: modelJobSchema.default('chat') }))
    .handler(({ context, input }) => context.services.models.select(input.id, input.job)),
  import: procedure.input(byTicket).handler(({ context, input }) => context.services.models.import(input.ticket)),
  link: procedure.input(byTicket).handler(({ context, input }) => {
    // A browser hands over bytes; the desktop's page and a process of the user's own have files that stay where they are.
    if (!context.canNamePaths && context.description.door !== 'window')
      throw new AppError('app/invalid-input', 'This door hands over copies.');
    return context.services.models.link(input.ticket);
  }),
  foreign: procedure.handler(({ context }) => context.services.models.foreign()),
  linkForeign: procedure
    .input(z.object({ id: z.string().max(200) }))
    .handler(({ context, input }) => context.services.models.linkForeign(input.id)),
  remove: procedure.input(byId).handler(({ context, input }) => context.services.models.remove(input.id)),
  restore: procedure.input(byId).handler(({ context, input }) => context.services.models.restore(input.id)),
  detail: procedure.input(byId).handler(({ context, input }) => context.services.models.detail(input.id)),
  setOptions: procedure
    .input(byId.extend({ options: modelOptionsSchema }))
    .handler(({ context, input }) => context.services.models.setOptions(input.id, input.options)),
  verify: procedure
    .input(byId)
    .handler(({ context, input, signal }) => context.services.models.verify(input.id, signal ?? neverAborted)),
  quarantined: procedure.handler(({ context }) => context.services.models.quarantined()),
  discard: procedure
    .input(z.object({ fileName: z.string().max(1_000) }))
    .handler(({ context, input }) => context.services.models.discard(input.fileName)),
  adapters: procedure.handler(({ context }) => context.services.models.adapters()),
  importAdapter: procedure
    .input(byTicket)
    .handler(({ context, input }) => context.services.models.importAdapter(input.ticket)),
};

/** Models that could be here. */
export const catalogue = {
  list: procedure.handler(({ context }) => context.services.catalogue.list()),
  refresh: procedure
    .input(z.object({ entryId: z.string().max(200) }))
    .handler(({ context, input, signal }) => context.services.catalogue.refresh(input.entryId, signal ?? neverAborted)),
  search: procedure
    .input(hubQuerySchema)
    .handler(({ context, input, signal }) => context.services.catalogue.search(input, signal ?? neverAborted)),
  repository: procedure
    .input(z.object({ repository: repositorySchema }))
    .handler(({ context, input, signal }) =>
      context.services.catalogue.repository(input.repository, signal ?? neverAborted),
    ),
  fit: procedure
    .input(downloadRequestSchema)
    .handler(({ context, input, signal }) => context.services.catalogue.fit(input, signal ?? neverAborted)),
  resolve: procedure
    .input(z.object({ wanted: z.string().max(700) }))
    .handler(({ context, input }) => context.services.catalogue.resolve(input.wanted)),
};

/** Models on their way. */
export const downloads = {
  list: procedure.handler(({ context }) => context.services.downloads.list()),
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.downloads.watch(signal ?? neverAborted));
  }),
  start: procedure
    .input(downloadRequestSchema)
    .handler(({ context, input, signal }) => context.services.downloads.start(input, signal ?? neverAborted)),
  pause: procedure.input(byDownload).handler(({ context, input }) => context.services.downloads.pause(input.id)),
  resume: procedure.input(byDownload).handler(({ context, input }) => context.services.downloads.resume(input.id)),
  cancel: procedure.input(byDownload).handler(({ context, input }) => context.services.downloads.cancel(input.id)),
};

/** What models run on. */
export const machine = {
  report: procedure.handler(({ context }) => context.services.fit.machine()),
  savedStates: procedure.handler(({ context }) => context.services.savedStates.usage()),
  clearSavedStates: procedure
    .input(z.object({ id: modelIdSchema.nullable().default(null) }))
    .handler(({ context, input }) => context.services.savedStates.clear(input.id)),
  probe: procedure.handler(({ context, signal }) => context.services.fit.probe(signal ?? neverAborted)),
};

/** The person's tokens; what is set never comes back. */
export const keys = {
  status: procedure.handler(({ context }) => context.services.keys.status()),
  set: procedure
    .input(z.object({ owner: keyOwnerSchema, secret: z.string().max(4_096) }))
    .handler(({ context, input }) => context.services.keys.set(input.owner, input.secret)),
  remove: procedure
    .input(z.object({ owner: keyOwnerSchema }))
    .handler(({ context, input }) => context.services.keys.remove(input.owner)),
};
