import { monthAround } from '../../shared/month-around.ts';
import type { LedgerRepository } from '../../storage/ledger-operations.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createLocalOnlyLabels } from './local-only.ts';
import type { LabelStorage } from './local-only.ts';
import type { PrivacyService } from './privacy-service.ts';

/** What the service is made of. */
export type PrivacyServiceOptions = {
  readonly storage: LabelStorage & { readonly ledger: LedgerRepository };
  readonly settings: Pick<SettingsService, 'update'>;
};

/** Entries that are in memory at once while all of them are read. */
const batchLength = 500;

async function* readAll(ledger: LedgerRepository): AsyncGenerator<string, void, void> {
  let batch = await ledger.following(null, batchLength);
  while (batch.length > 0) {
    for (const entry of batch) yield JSON.stringify(entry);
    const last = batch.at(-1);
    if (last === undefined || batch.length < batchLength) return;
    batch = await ledger.following(last.id, batchLength);
  }
}

/** Makes the service. */
export function createPrivacyService({ storage, settings }: PrivacyServiceOptions): PrivacyService {
  const { ledger } = storage;
  const labels = createLocalOnlyLabels(storage);

  return {
    ledger: (query) => ledger.query(query),
    async month(at) {
      const { month, span } = monthAround(at);
      const sums = await ledger.sums(span);
      const total = (of: (sum: (typeof sums)[number]) => number): number => sums.reduce((all, sum) => all + of(sum), 0);
      return {
        month,
        requests: total(({ requests }) => requests),
        refused: total(({ refused }) => refused),
        bytesSent: total(({ bytesSent }) => bytesSent),
        bytesReceived: total(({ bytesReceived }) => bytesReceived),
        // A host that was only ever refused got nothing.
        hosts: sums.filter(({ requests }) => requests > 0).map(({ refused: _refused, ...sum }) => sum),
      };
    },
    verify: () => ledger.check(),
    exportLines: () => readAll(ledger),
    async sentBody(id) {
      const body = await ledger.body(id);
      return body === null ? null : new TextDecoder().decode(body);
    },
    async setOffline(isOffline) {
      await settings.update({ isOffline });
    },
    localOnly: (id) => labels.of(id),
    holdLocalOnly: (id, documents) => labels.hold(id, documents),
  };
}
