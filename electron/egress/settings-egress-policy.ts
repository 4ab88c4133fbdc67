import type { EgressPurpose } from '../shared/ledger-entry.ts';
import type { EgressPolicy } from './egress.ts';

/** What the policy looks at. */
export type EgressSettings = {
  readonly isOffline: boolean;
  /** What the person has said yes to. */
  readonly allowedPurposes: readonly EgressPurpose[];
};

/**
 * Refuses everything while the offline lock is on, and afterwards everything that the person has not allowed.
 *
 * @param readSettings the settings of the moment, read anew for every request
 */
export function createSettingsEgressPolicy(readSettings: () => Promise<EgressSettings>): EgressPolicy {
  return {
    decide: async ({ purpose }) => {
      const { isOffline, allowedPurposes } = await readSettings();
      if (isOffline) return { isAllowed: false, reason: 'offline' };
      return allowedPurposes.includes(purpose)
        ? { isAllowed: true }
        : { isAllowed: false, reason: 'purpose-not-allowed' };
    },
  };
}
