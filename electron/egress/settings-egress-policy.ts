import type { EgressPolicy } from './egress.ts';

/**
 * Refuses everything while the offline lock is on.
 *
 * @param readSettings the settings of the moment, read anew for every request
 */
export function createSettingsEgressPolicy(readSettings: () => Promise<{ readonly isOffline: boolean }>): EgressPolicy {
  return {
    decide: async () => {
      const { isOffline } = await readSettings();
      return isOffline ? { isAllowed: false, reason: 'offline' } : { isAllowed: true };
    },
  };
}
