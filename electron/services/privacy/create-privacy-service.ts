import type { LedgerRepository } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { PrivacyService } from './privacy-service.ts';

/** What the service is made of. */
export type PrivacyServiceOptions = {
  readonly ledger: Pick<LedgerRepository, 'list'>;
  readonly settings: Pick<SettingsService, 'update'>;
};

/** Makes the service. */
export function createPrivacyService({ ledger, settings }: PrivacyServiceOptions): PrivacyService {
  return {
    ledger: (limit) => ledger.list(limit),
    async setOffline(isOffline) {
      await settings.update({ isOffline });
    },
  };
}
