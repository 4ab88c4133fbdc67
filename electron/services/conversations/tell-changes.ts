import type { Clock } from '../../platform/clock.ts';
import type { ConversationsService } from './conversations-service.ts';

/** Milliseconds in which changes become one: what comes in bursts, such as an import, is asked for once. */
export const changePauseMs = 100;

type Quiet = Omit<ConversationsService, 'watchChanges' | 'noteChange' | 'close'>;

/** The calls with their watchers: whoever changes what the list shows tells them, after the commit. */
export function tellChanges(calls: Quiet, clock: Clock): ConversationsService {
  let change = Promise.withResolvers<void>();
  const closing = new AbortController();
  let revision = 0;
  const noteChange = (): void => {
    revision += 1;
    change.resolve();
    change = Promise.withResolvers();
  };
  const told = async <Result>(change: Promise<Result>): Promise<Result> => {
    const result = await change;
    noteChange();
    return result;
  };
  return {
    ...calls,
    show: (...request) => told(calls.show(...request)),
    create: (...request) => told(calls.create(...request)),
    rename: (...request) => told(calls.rename(...request)),
    offerTitle: (...request) => told(calls.offerTitle(...request)),
    place: (...request) => told(calls.place(...request)),
    setScope: (...request) => told(calls.setScope(...request)),
    setOptions: (...request) => told(calls.setOptions(...request)),
    setLocalOnly: (...request) => told(calls.setLocalOnly(...request)),
    remove: (...request) => told(calls.remove(...request)),
    restore: (...request) => told(calls.restore(...request)),
    createFolder: (...request) => told(calls.createFolder(...request)),
    renameFolder: (...request) => told(calls.renameFolder(...request)),
    setFolderLocalOnly: (...request) => told(calls.setFolderLocalOnly(...request)),
    removeFolder: (...request) => told(calls.removeFolder(...request)),
    storeQuestion: (...request) => told(calls.storeQuestion(...request)),
    askInOtherWords: (...request) => told(calls.askInOtherWords(...request)),
    noteChange,
    async *watchChanges(signal) {
      const leaving = AbortSignal.any([signal, closing.signal]);
      const left = new Promise<void>((resolve) => leaving.addEventListener('abort', () => resolve(), { once: true }));
      while (!leaving.aborted) {
        // Taken before the telling, so that a change meanwhile is not missed.
        const changed = Promise.race([change.promise, left]);
        yield revision;
        await changed;
        await clock.delay(changePauseMs, leaving).catch(() => undefined);
      }
    },
    close: () => closing.abort(),
  };
}
