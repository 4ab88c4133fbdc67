import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createSettingsService } from '../settings/create-settings-service.ts';
import { createPrivacyService } from './create-privacy-service.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

describe('createPrivacyService', () => {
  it('locks and unlocks the way out, and shows what was refused, newest first', async () => {
    const writeEarlySettings = () => Promise.resolve();
    const logger = createRecordingLogger();
    const settings = createSettingsService({ repository: storage.settings, writeEarlySettings, logger });
    const privacy = createPrivacyService({ ledger: storage.ledger, settings });
    const policy = createSettingsEgressPolicy(() => settings.get());
    const clock = createFakeClock();
    const egress = createEgress({ policy, ledger: storage.ledger, clock });
    const attempt = (port: number) => {
      const request = { url: `http://127.0.0.1:${port}/`, purpose: 'model-search', askedBy: 'models' } as const;
      return egress.fetch(request, new AbortController().signal);
    };

    await expect(attempt(1)).rejects.toMatchObject({ code: 'egress/offline' });
    await clock.advance(1);
    await privacy.setOffline(false);
    await settings.update({ allowedPurposes: ['model-search'] });
    // Nobody listens on this port: allowed is not the same as answered.
    await expect(attempt(2)).rejects.toMatchObject({ code: 'egress/failed' });
    await clock.advance(1);
    await privacy.setOffline(true);
    await expect(attempt(3)).rejects.toMatchObject({ code: 'egress/offline' });

    const outcomes = (await privacy.ledger(1_000)).map(({ host, outcome }) => [host, outcome]);
    expect(outcomes).toEqual([
      ['127.0.0.1:3', 'refused'],
      ['127.0.0.1:2', 'failed'],
      ['127.0.0.1:1', 'refused'],
    ]);
    expect(await privacy.ledger(1)).toHaveLength(1);
  });
});
