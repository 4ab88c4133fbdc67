import type { RemoteProvider } from '../../providers/remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SettingsService } from '../settings/settings-service.ts';

/** What turned the way out off; null while it is open. */
function lockOf({ isOffline, allowedPurposes, cloudMode }: Settings): 'offline' | 'mode-off' | null {
  if (isOffline || !allowedPurposes.includes('provider')) return 'offline';
  return cloudMode === 'off' ? 'mode-off' : null;
}

/**
 * Ends the connections to large models when the person turns the lock on, or large models off: the policy judges a request
 * when it leaves, and an answer can take minutes after that. What ends so throws `cloud/ended-by-lock`.
 */
export function endOnLock(provider: RemoteProvider, settings: Pick<SettingsService, 'onChange'>): RemoteProvider {
  return {
    ...provider,
    async *send(captured, options, signal) {
      const ending = new AbortController();
      const stop = settings.onChange((changed) => {
        const because = lockOf(changed);
        if (because === null || ending.signal.aborted) return;
        const details = { host: URL.parse(captured.url)?.host ?? '', because, mayBeBilled: true };
        ending.abort(new AppError('cloud/ended-by-lock', 'The way out was turned off.', details));
      });
      try {
        yield* provider.send(captured, options, AbortSignal.any([signal, ending.signal]));
      } catch (error) {
        signal.throwIfAborted();
        ending.signal.throwIfAborted();
        throw error;
      } finally {
        stop();
      }
    },
  };
}
