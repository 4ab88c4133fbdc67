// A whole day's work at the built app, each time asking for the large model, with everything set up for it and the mode off.
// Started by the campaign `cloud-silence`, which watches what it sends. Prints the port of the app; ends with 1 when a request
// came to the large models, and when anything was answered anywhere but here.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from '../../../electron/shared/route.ts';
import { startFakeProvider } from '../../../electron/testing/fake-provider-server.ts';
import { endProcess, spawnHost } from '../../app/host-app.ts';
import { connectHost } from '../../app/host-client.ts';
import { lease } from '../../app/sample-documents.ts';
import { starterModelPath } from '../../app/sotto-test.ts';
import { answeredAt, forbidCloud, tryRemotes } from './forbidden-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'sotto-journey-'));
const options = { dataFolder: join(folder, 'data'), modelFolder: join(folder, 'models') };
for (const path of Object.values(options)) mkdirSync(path);
symlinkSync(starterModelPath, join(options.modelFolder, 'SmolLM2-135M-Instruct.Q4_1.gguf'));

const routes: (Route | null)[] = [];
const told = (what: string, route: Route | null): void => {
  routes.push(route);
  console.log(`  ${what}: ${route === null ? 'here' : `${route.zone}, ${route.reason}`}`);
};

const provider = await startFakeProvider();
const host = await spawnHost(options);
try {
  console.log(`  port ${new URL(host.url).port}`);
  const { client, upload, close } = await connectHost(host.url);
  for await (const { state } of await client.access.watch()) if (state === 'open') break;
  await forbidCloud(client, provider);
  const text = 'What is the capital of France?';
  const first = await client.chat.send({ text, choice: 'remote' });
  told('chat', await answeredAt(client, first.runId));
  const again = await client.chat.retry({ answerId: first.answerId, choice: 'remote' });
  told('asked again', await answeredAt(client, again.runId));
  const { ticket } = await upload('lease.txt', lease);
  const { id } = await client.documents.add({ ticket });
  const scope = { documentIds: [id] };
  const asked = await client.answers.ask({ scope, question: 'How much is the monthly rent?', choice: 'remote' });
  told('document', await answeredAt(client, asked.runId));
  const quick = await client.quickAsk.ask({ text: 'What is a zephyr?', context: null, presetId: null, replaces: null });
  told('quick-ask', await answeredAt(client, quick.runId));
  console.log(`  asked for models: ${(await tryRemotes(client)).join(', ')}`);
  const { entries } = await client.privacy.ledger({});
  close();
  const left = entries.filter(({ outcome }) => outcome !== 'refused');
  console.log(
    `  ${provider.requests.length} requests came, ${left.length} left by the ledger, ${entries.length} were refused`,
  );
  const isHere = routes.every((route) => route === null || route.zone === 'local');
  if (!isHere || provider.requests.length > 0 || left.length > 0) process.exitCode = 1;
} finally {
  await endProcess(host.process);
  await provider.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
