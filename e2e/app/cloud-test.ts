import { startFakeProvider, type FakeProviderServer } from '../../electron/testing/fake-provider-server.ts';
import { test as base } from './sotto-test.ts';

/** Specs with large models that are on this machine, and note what they are sent. */
export const test = base.extend<{ readonly provider: FakeProviderServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  provider: async ({}, use) => {
    const provider = await startFakeProvider({ paceMs: 5 });
    await use(provider);
    await provider.close();
  },
});
