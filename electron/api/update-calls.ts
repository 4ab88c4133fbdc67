import { neverAborted, procedure, streamed } from './procedure.ts';

/** Newer versions of the app. What goes wrong is in the state that they answer with. */
export const updates = {
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.updates.watch(signal ?? neverAborted));
  }),
  check: procedure.handler(({ context }) => context.services.updates.check()),
  download: procedure.handler(({ context }) => context.services.updates.download()),
  stop: procedure.handler(({ context }) => context.services.updates.stop()),
  install: procedure.handler(({ context }) => context.services.updates.install()),
};

/** Libraries of the engine that come on a click. What goes wrong is in the state that they answer with. */
export const enginePacks = {
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.enginePacks.watch(signal ?? neverAborted));
  }),
  install: procedure.handler(({ context }) => context.services.enginePacks.install()),
  stop: procedure.handler(({ context }) => context.services.enginePacks.stop()),
  remove: procedure.handler(({ context }) => context.services.enginePacks.remove()),
};
