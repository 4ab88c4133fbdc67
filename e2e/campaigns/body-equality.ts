// `npm run campaign -- body-equality [CASES] [SEED]`: random questions to remotes of every kind, changed in their previews and
// sent. Ends with 1 when a body that came is not, byte for byte, the one that was shown, written down and kept.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBodyEqualityTrials, runBodyEqualityTrials } from '../../electron/testing/body-equality-trials.ts';
import { startFakeProvider } from '../../electron/testing/fake-provider-server.ts';
import { openTestApp } from '../../electron/testing/open-test-app.ts';

const [, , cases = '500', seed = '1'] = process.argv;
const folder = await mkdtemp(join(tmpdir(), 'sotto-bodies-'));
await mkdir(join(folder, 'data-models'));
const server = await startFakeProvider();
const test = await openTestApp({ dataFolder: join(folder, 'data') });
try {
  await openBodyEqualityTrials(test, server);
  const { failures, ...rest } = await runBodyEqualityTrials(test, server, Number(cases), Number(seed));
  for (const failure of failures) console.log(failure);
  console.log(`${rest.cases} cases, ${failures.length} differences.`);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await test.app.close();
  await server.close();
  await rm(folder, { recursive: true });
}
