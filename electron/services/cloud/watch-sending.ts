import type { RemoteProvider } from '../../providers/remote-provider.ts';
import type { RemoteZone } from '../../shared/remote.ts';
import type { SendingSource } from './cloud-service.ts';

/** Tells where questions are being answered while they are. A cloud is told before a server of the person's own. */
export function watchSending(provider: RemoteProvider): {
  readonly provider: RemoteProvider;
  readonly sending: SendingSource;
} {
  const underWay: Record<RemoteZone, number> = { cloud: 0, 'own-server': 0 };
  const listeners = new Set<() => void>();
  const count = (zone: RemoteZone, change: 1 | -1): void => {
    underWay[zone] += change;
    for (const listener of listeners) listener();
  };
  return {
    provider: {
      ...provider,
      async *send(captured, options, signal) {
        count(captured.remote.zone, 1);
        try {
          yield* provider.send(captured, options, signal);
        } finally {
          count(captured.remote.zone, -1);
        }
      },
    },
    sending: {
      current: () => (underWay.cloud > 0 ? 'cloud' : underWay['own-server'] > 0 ? 'own-server' : null),
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
