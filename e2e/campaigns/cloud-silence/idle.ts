// The app with a clock of its own stands for 30 minutes and then for a day, with everything set up for large models and
// the mode off. Started by the campaign `cloud-silence`, which watches what it sends. Ends with 1 when a request came.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, settle } from '../../../electron/testing/fake-clock.ts';
import { startFakeProvider } from '../../../electron/testing/fake-provider-server.ts';
import { openTestApp } from '../../../electron/testing/open-test-app.ts';
import { forbidCloud, tryRemotes } from './forbidden-cloud.ts';

const minuteMs = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'sotto-idle-'));
const dataFolder = join(folder, 'data');
mkdirSync(dataFolder);
const provider = await startFakeProvider();
const clock = createFakeClock();

/** Time goes on while the app works at something. */
async function meanwhile<One>(work: Promise<One>): Promise<One> {
  let isDone = false;
  const noted = work.finally(() => (isDone = true));
  noted.catch(() => undefined);
  while (!isDone) {
    await clock.advance(10);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return await noted;
}

async function idle(minutes: number, stepMs: number): Promise<void> {
  for (let goneMs = 0; goneMs < minutes * minuteMs; goneMs += stepMs) {
    await clock.advance(stepMs);
    await settle();
  }
  console.log(`  ${minutes} minutes gone`);
}

try {
  const { app, client } = await meanwhile(openTestApp({ dataFolder, platform: { clock } }));
  await meanwhile(forbidCloud(client, provider));
  await idle(30, 250);
  await idle(24 * 60, 5_000);
  const refusals = await meanwhile(tryRemotes(client));
  const { entries } = await meanwhile(client.privacy.ledger({}));
  await meanwhile(app.close());
  console.log(`  asked for models: ${refusals.join(', ')}`);
  const left = entries.filter(({ outcome }) => outcome !== 'refused');
  console.log(
    `  ${provider.requests.length} requests came, ${left.length} left by the ledger, ${entries.length} were refused`,
  );
  if (provider.requests.length > 0 || left.length > 0 || entries.length === 0) process.exitCode = 1;
} finally {
  await provider.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
