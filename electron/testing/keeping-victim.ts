// A program for tests: changes how chats are kept and is killed at the Nth step that its main thread takes on the disk.
// Arguments: folder, change, N (0 lets it finish). Prints how many steps there were.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const [folder = '', change = '', killAt = '0'] = process.argv.slice(2);
const steps = { isCounting: false, count: 0 };

function step(): void {
  if (!steps.isCounting) return;
  steps.count += 1;
  if (steps.count === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

// Before and after each, so that both halves of every step are an end.
const { rename, rm, open, writeFile, mkdir } = fs;
Object.assign(fs, {
  rename: async (...values: Parameters<typeof rename>) => (step(), await rename(...values), step()),
  rm: async (...values: Parameters<typeof rm>) => (step(), await rm(...values), step()),
  open: async (...values: Parameters<typeof open>) => (step(), await open(...values)),
  writeFile: async (...values: Parameters<typeof writeFile>) => (step(), await writeFile(...values), step()),
  mkdir: async (...values: Parameters<typeof mkdir>) => (step(), await mkdir(...values)),
});
syncBuiltinESMExports();

// The product must meet the changed functions.
const { openTestApp } = await import('./open-test-app.ts');
const { createFileSecretStore } = await import('./file-secret-store.ts');
const { keepingChoiceSchema } = await import('../shared/access.ts');
const { app, client } = await openTestApp({
  dataFolder: join(folder, 'data'),
  secrets: createFileSecretStore(join(folder, 'secrets')),
});
const { passphrase, next } = z
  .object({ passphrase: z.string().optional(), next: z.union([z.literal('erase'), keepingChoiceSchema]) })
  .parse(JSON.parse(change));
if (passphrase !== undefined && app.access.state.state === 'locked') await client.access.unlock({ passphrase });
steps.isCounting = true;
if (next === 'erase') await client.access.erase();
else await client.access.keep(next);
steps.isCounting = false;
process.stdout.write(`${steps.count}\n`);
await app.close();
