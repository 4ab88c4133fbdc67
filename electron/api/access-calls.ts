import { z } from 'zod';
import { keepingChoiceSchema } from '../shared/access.ts';
import { neverAborted, procedure, streamed } from './procedure.ts';

/** The passphrase is a secret: these inputs are never logged. */
const secret = z.string().max(1_024);

/** What may be called while the app is locked. */
export const access = {
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.access.watch(signal ?? neverAborted));
  }),
  keychain: procedure.handler(({ context }) => context.access.keychain()),
  unlock: procedure
    .input(z.object({ passphrase: secret.optional() }))
    .handler(({ context, input: { passphrase } }) =>
      context.access.unlock(passphrase === undefined ? {} : { passphrase }),
    ),
  lock: procedure.handler(({ context }) => context.access.lock('user')),
  noteActivity: procedure.handler(({ context }) => context.access.noteActivity()),
  keep: procedure.input(keepingChoiceSchema).handler(({ context, input }) => context.access.keep(input)),
  changePassphrase: procedure
    .input(z.object({ current: secret, next: secret }))
    .handler(({ context, input }) => context.access.changePassphrase(input)),
  continueWithoutKept: procedure.handler(({ context }) => context.access.continueWithoutKept()),
  restoreBackup: procedure
    .input(z.object({ name: z.string().max(200) }))
    .handler(({ context, input }) => context.access.restoreBackup(input.name)),
  openReadable: procedure.handler(({ context }) => context.access.openReadable()),
  erase: procedure.handler(({ context }) => context.access.erase()),
};
