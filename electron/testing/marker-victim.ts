// A program for tests: writes markers into everything that a person can fill, tells when all of it is stored, and ends as it
// is told. Arguments: folder, model folder, way to end (`exit`, `kill`, `abort`, `engine`). The markers come on standard input, one a
// line, so that they are in no argument; a passphrase is the first.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openTestApp } from './open-test-app.ts';

const [folder = '', modelFolder = '', ending = 'exit'] = process.argv.slice(2);
const [passphrase = '', ...markers] = (await text(process.stdin)).trim().split('\n');
let next = 0;
const marker = (): string => markers[next++ % markers.length] ?? '';

const { app, client } = await openTestApp({
  dataFolder: join(folder, 'data'),
  platform: {
    folders: {
      data: join(folder, 'data'),
      models: modelFolder,
      resources: join(import.meta.dirname, '../../resources'),
      temporary: join(folder, 'data', 'temporary'),
    },
  },
});
await client.access.keep({ keeping: 'passphrase', passphrase });

const documentPath = join(folder, 'own', `${marker()}.md`);
await writeFile(documentPath, `# ${marker()}\n\nThe boat ${marker()} leaves on Friday.\n`);
const { ticket } = await client.files.ticketForPath({ path: documentPath });
const document = await client.documents.add({ ticket });
await app.services.documents.whenIndexed(document.id, new AbortController().signal);
await client.presets.create({
  name: marker(),
  command: 'planted',
  systemPrompt: marker(),
  template: `${marker()} {{input}}`,
  variables: [],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
});
await client.settings.update({ systemPrompt: marker(), language: 'de' });
await client.keys.set({ owner: 'hub', secret: marker() });
const rest = markers.length - next;
for (let count = 0; count < rest - 4; count += 1) {
  const { runId } = await client.chat.send({ text: `Say ${marker()} once.` });
  if (count > 0) await client.runs.stop({ runId });
  else for await (const _ of await client.runs.follow({ runId, afterSequence: -1 }));
}
const { id } = await client.conversations.create({ documentIds: [document.id] });
await client.conversations.rename({ id, title: marker() });
await client.conversations.createFolder({ name: marker() });
await client.drafts.put({ key: id, draft: { text: marker(), documentIds: [], queue: [marker()] } });
await client.access.changePassphrase({ current: passphrase, next: `${passphrase} again` });
await app.services.search.find({ query: markers[0] ?? '', limit: 10 });

const { files } = app.services;
/** A text of at least so many characters with a marker in every line. */
const marked = (characters: number): Buffer => {
  const line = `The boat ${marker()} leaves on Friday.\n`;
  return Buffer.from(line.repeat(Math.ceil(characters / line.length)));
};
async function* whole(): AsyncGenerator<Uint8Array> {
  yield marked(100_000);
}
const pasted = marked(5_000);
async function* fromPaste(): AsyncGenerator<Uint8Array> {
  yield pasted;
}
const halfCame = Promise.withResolvers<void>();
const restCame = Promise.withResolvers<void>();
async function* half(): AsyncGenerator<Uint8Array> {
  yield marked(300_000);
  halfCame.resolve();
  // The browser sends no more, and does not say so.
  await restCame.promise;
}
// Neither is taken up: a document that was uploaded, a text that was pasted, and one that is still on its way.
await files.ticketForUpload(`${marker()}.md`, whole(), 1_000_000);
await files.ticketForUpload(`${marker()}.txt`, fromPaste(), 1_000_000);
files.ticketForUpload(`${marker()}.md`, half(), 1_000_000).catch(() => undefined);
await halfCame.promise;

if (ending === 'engine') {
  const { runId } = await client.chat.send({ text: `Count from one to a thousand. ${marker()}` });
  const begun = Promise.withResolvers<void>();
  const follow = async (): Promise<void> => {
    for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
      if (part.type === 'text-delta') begun.resolve();
    }
  };
  // The parent ends the engine meanwhile.
  void follow().then(() => process.stdout.write('answer over\n'));
  await begun.promise;
}
process.stdout.write('stored\n');
// The parent looks at the living process first.
process.once('SIGUSR2', () => {
  if (ending === 'abort') process.abort();
  if (ending === 'exit') void app.close().then(() => process.exit(0));
});
setInterval(() => undefined, 1_000);
