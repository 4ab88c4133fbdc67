import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessRecordSchema } from '../platform/access-file.ts';
import type { RemoteId } from '../shared/ids.ts';
import { remoteKindSchema } from '../shared/remote.ts';
import type { FakeProviderServer } from '../testing/fake-provider-server.ts';
import { startFakeProvider } from '../testing/fake-provider-server.ts';
import { accountsIn, createFileSecretStore } from '../testing/file-secret-store.ts';
import { findInPages } from '../testing/find-in-pages.ts';
import { findPlaintext } from '../testing/find-plaintext.ts';
import { openTestApp } from '../testing/open-test-app.ts';
import type { TestApp } from '../testing/open-test-app.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { toAppError } from './app-client.ts';

const marker = 'PLANTEDkeyPLANTEDkey';
const hubKey = `hf_${marker}_of_the_hub`;
const rightKey = `sk-${marker}-that-is-right`;
const wrongKey = `sk-${marker}-that-is-wrong`;

let folder: string;
let server: FakeProviderServer;
let test: TestApp;
const logger = createRecordingLogger();
const dataFolder = (): string => join(folder, 'data');
const keychainFolder = (): string => join(folder, 'keychain');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-planted-keys-'));
  server = await startFakeProvider({ key: rightKey });
  const secrets = createFileSecretStore(keychainFolder());
  test = await openTestApp({ dataFolder: dataFolder(), secrets, platform: { logger } });
  await test.client.settings.update({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' });
});
afterEach(async () => {
  await test.app.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** One remote of each kind, the first with a wrong key. */
async function plant(): Promise<readonly RemoteId[]> {
  const { client } = test;
  await client.keys.set({ owner: 'hub', secret: hubKey });
  const ids: RemoteId[] = [];
  for (const kind of remoteKindSchema.options) {
    const text = { kind, zone: 'cloud', name: kind, baseUrl: server.baseUrl(kind), modelName: 'large' } as const;
    const { id } = await client.remotes.add({ ...text, policyUrl: null });
    await client.keys.set({ owner: id, secret: ids.length === 0 ? wrongKey : rightKey });
    ids.push(id);
  }
  return ids;
}

/** All that the contract says about remotes and keys, its errors among it. */
async function everythingTold(ids: readonly RemoteId[]): Promise<string> {
  const { client } = test;
  const told: unknown[] = [];
  for (const id of ids) {
    told.push(await client.remotes.test({ id }));
    told.push(await client.remotes.models({ id }).catch((error: unknown) => toAppError(error).toData()));
    for (const kind of ['reset', 'stall'] as const) server.fail({ kind, afterPieces: 0 });
    told.push(await client.remotes.test({ id }));
    const set = client.keys.set({ owner: id, secret: `${wrongKey} in two words` });
    told.push(await set.catch((error: unknown) => toAppError(error).toData()));
  }
  told.push(await client.remotes.list(), await client.keys.status(), await client.settings.get());
  told.push(await client.privacy.ledger({}));
  for await (const line of await client.privacy.exportLines()) told.push(line);
  const conversation = await client.conversations.create({ documentIds: [] });
  const pieces = await client.transfer.export({ conversationIds: [conversation.id], format: 'json' });
  for await (const piece of pieces) told.push(piece);
  return JSON.stringify(told);
}

async function databaseKey(): Promise<Uint8Array> {
  const record = accessRecordSchema.parse(JSON.parse(await readFile(join(dataFolder(), 'access.json'), 'utf8')));
  if (record.keeping !== 'keychain') throw new Error(`Kept by ${record.keeping}`);
  const answer = await createFileSecretStore(keychainFolder()).get(record.account);
  return new Uint8Array(Buffer.from(answer.status === 'found' ? answer.secret : '', 'base64'));
}

describe('planted keys', () => {
  // Catches a key in a message of an error, a line of the log, a header in the ledger, or an address.
  it('reach the remote, the keychain and nothing else', async () => {
    const ids = await plant();
    const told = await everythingTold(ids);
    expect(told).toContain('"works"');
    expect(told).toContain('"wrong-key"');
    expect(told).not.toContain(marker);
    expect(JSON.stringify(logger.lines)).not.toContain(marker);
    expect(await findPlaintext([dataFolder()], [hubKey, rightKey, wrongKey, marker])).toEqual([]);
    expect(await findInPages(dataFolder(), await databaseKey(), marker)).toEqual([]);
    // Catches a search that would find nothing anywhere.
    expect(await findPlaintext([keychainFolder()], [marker])).toHaveLength(ids.length + 1);
    const headers = server.requests.map(({ rawHeaders }) => rawHeaders.filter((text) => text.includes(marker)));
    expect(headers.filter((found) => found.length !== 1)).toEqual([]);
    // An address is in the logs of everybody on the way, and the hub is none of the remotes.
    expect(server.requests.filter(({ url, body }) => `${url}${body.toString()}`.includes(marker))).toEqual([]);
    expect(headers.flat().filter((text) => text.includes(hubKey))).toEqual([]);
  });

  it('are gone with their remotes, and all of them with the erasure', async () => {
    const ids = await plant();
    const [first] = ids;
    if (first !== undefined) await test.client.remotes.remove({ id: first });
    expect(await findPlaintext([keychainFolder()], [wrongKey])).toEqual([]);
    expect(await test.client.keys.status()).toHaveLength(ids.length);
    await test.client.access.erase();
    expect(await accountsIn(keychainFolder())).toEqual([]);
    expect(await test.client.keys.status()).toEqual([{ owner: 'hub', state: 'missing' }]);
  });
});
