import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';
import { startFakeProvider } from '../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../testing/fake-provider-server.ts';

let bench: CliWorkbench;
let server: FakeProviderServer;
beforeEach(async () => {
  bench = await createCliWorkbench();
  server = await startFakeProvider({ key: null });
});
afterEach(async () => {
  await server.close();
  await bench.close();
});

describe('sotto ask --where', () => {
  it('refuses a place that is none', async () => {
    const ended = await bench.sotto('ask', '--where', 'moon', 'Why?');
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/local, remote/);
  });

  it('says that the mode is off, and asks nobody', async () => {
    const ended = await bench.sotto('ask', '--where', 'remote', '--json', 'What is the capital of France?');
    expect(jsonOf(ended)).toMatchObject({
      answer: expect.stringContaining('Paris'),
      route: { zone: 'local', reason: 'mode-off' },
      costMicroDollars: null,
      replaced: 0,
      ledgerEntryIds: [],
    });
    expect(server.requests).toEqual([]);
  });
});
