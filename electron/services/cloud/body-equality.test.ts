import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBodyEqualityTrials, runBodyEqualityTrials } from '../../testing/body-equality-trials.ts';
import { startFakeProvider } from '../../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../../testing/fake-provider-server.ts';
import { openTestApp } from '../../testing/open-test-app.ts';
import type { TestApp } from '../../testing/open-test-app.ts';

let folder = '';
let test: TestApp;
let server: FakeProviderServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-bodies-'));
  await mkdir(join(folder, 'data-models'));
  server = await startFakeProvider();
  test = await openTestApp({ dataFolder: join(folder, 'data') });
});
afterEach(async () => {
  await test.app.close();
  await server.close();
  await rm(folder, { recursive: true });
});

describe('what is sent', { timeout: 60_000 }, () => {
  // Catches a request that is written anew after it was shown; `npm run campaign -- body-equality` has 500 cases.
  it('is byte for byte what was shown, whatever was changed before', async () => {
    await openBodyEqualityTrials(test, server);
    expect(await runBodyEqualityTrials(test, server, 12, 1)).toEqual({ cases: 12, failures: [] });
  });
});
