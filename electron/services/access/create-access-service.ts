import type { AccessServiceOptions } from './access-parts.ts';
import type { AccessService } from './access-service.ts';
import { AccessSession } from './access-session.ts';
import { changePassphrase, keepAs } from './keep-as.ts';
import { createCallQueue } from './call-queue.ts';
import { continueWithoutKept, erase, lock, lockLimit, mend, unlock } from './door-actions.ts';
import { GuessBrake } from './guess-brake.ts';
import { IdleLock } from './idle-lock.ts';
import { secretsUntil } from './secrets-until.ts';

/** Begins at once to look at what is kept. See `AccessService`. */
export function createAccessService(options: AccessServiceOptions): AccessService {
  const { clock } = options;
  const closing = new AbortController();
  const secrets = secretsUntil(options.secrets, closing.signal);
  const session = new AccessSession({ ...options, secrets });
  const brake = new GuessBrake(clock, closing.signal);
  const queue = createCallQueue();
  const idleLock = new IdleLock({
    clock,
    limitMinutes: async () => await lockLimit(session),
    isBusy: () => session.held.kind === 'open' && session.held.chats.isBusy,
    lock: async () => await queue.run(async () => await lock(session, 'idle')).catch(() => undefined),
  });
  void queue.run(async () => await session.begin());
  void idleLock.run(closing.signal);

  return {
    get state() {
      return session.state.current;
    },
    watch: (signal) => session.state.watch(signal),
    keychain: async () => await secrets.probe(),
    unlock: async ({ passphrase }) => {
      idleLock.noteActivity();
      await queue.run(async () => await unlock(session, brake, passphrase));
    },
    lock: async (reason) => await queue.run(async () => await lock(session, reason)),
    noteActivity: () => idleLock.noteActivity(),
    keep: async (choice) => await queue.run(async () => await keepAs(session, brake, choice)),
    changePassphrase: async (request) => await queue.run(async () => await changePassphrase(session, brake, request)),
    continueWithoutKept: async () => await queue.run(async () => await continueWithoutKept(session)),
    restoreBackup: async (name) =>
      await queue.run(async () => await mend(session, async (damaged) => await damaged.restoreBackup(name))),
    openReadable: async () =>
      await queue.run(async () => await mend(session, async (damaged) => void (await damaged.rescue()))),
    erase: async () => await queue.run(async () => await erase(session)),
    close: async () => {
      closing.abort();
      session.state.end();
      await queue.close();
      await session.shut({ state: 'opening' }, { kind: 'nothing' });
    },
  };
}
