import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import type { EgressPolicy } from '../../egress/egress.ts';
import { createRemoteProvider } from '../../providers/create-remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { RemoteId } from '../../shared/ids.ts';
import { mostRemotes } from '../../shared/remote.ts';
import type { RemoteText } from '../../shared/remote.ts';
import { remoteVendors } from '../../shared/remote-vendors.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createSelfSignedCertificate } from '../../testing/fake-provider/self-signed-certificate.ts';
import { startFakeProvider } from '../../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../../testing/fake-provider-server.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRemotesService } from './create-remotes-service.ts';
import type { RemotesService } from './remotes-service.ts';

let storage: Storage;
let server: FakeProviderServer;
let remotes: RemotesService;
let decision: Awaited<ReturnType<EgressPolicy['decide']>>;
const keys = new Map<RemoteId, string>();
const { signal } = new AbortController();

beforeEach(async () => {
  keys.clear();
  decision = { isAllowed: true };
  storage = await openTestStorage();
  server = await startFakeProvider();
  const clock = createFakeClock();
  const egress = createEgress({ policy: { decide: async () => decision }, ledger: storage.ledger, clock });
  remotes = createRemotesService({
    repository: storage.remotes,
    keys: {
      read: async (id) => (id === 'hub' ? null : (keys.get(id) ?? null)),
      remove: async (id) => {
        if (id !== 'hub') keys.delete(id);
        return { owner: id, state: 'missing' };
      },
    },
    provider: createRemoteProvider({ egress, clock }),
    usage: { price: async (_, modelName) => (modelName === 'large' ? { inputPrice: 2, outputPrice: 8 } : null) },
    logger: createRecordingLogger(),
  });
});
afterEach(async () => {
  await server.close();
  await storage.close();
});

const vendor: RemoteText = {
  kind: 'mistral',
  zone: 'cloud',
  name: 'Mistral',
  baseUrl: '',
  modelName: null,
  policyUrl: null,
};

/** A remote on this machine, with its key. */
async function addServed(change: Partial<RemoteText> = {}, key: string | null = 'test-key') {
  const remote = await remotes.add({ ...vendor, baseUrl: server.baseUrl('mistral'), modelName: 'large', ...change });
  if (key !== null) keys.set(remote.id, key);
  return remote;
}

describe('createRemotesService', () => {
  it('needs no address for a vendor', async () => {
    const { baseUrl, policyUrl } = remoteVendors.mistral;
    const remote = await remotes.add(vendor);
    expect(remote).toMatchObject({ name: 'Mistral', baseUrl, policyUrl });
    expect(await remotes.list()).toEqual([remote]);
    expect(await storage.remotes.get(remote.id)).toEqual(remote);
  });

  // What a vendor promises says nothing about a gateway that somebody else runs.
  it('links the page of a vendor for its own address only', async () => {
    const remote = await remotes.add(vendor);
    const moved = await remotes.update(remote.id, { ...remote, baseUrl: 'https://gateway.example.com/v1' });
    expect(moved).toMatchObject({ baseUrl: 'https://gateway.example.com/v1', policyUrl: null });
    const linked = await remotes.update(remote.id, { ...moved, policyUrl: 'https://gateway.example.com/policy' });
    expect(linked.policyUrl).toBe('https://gateway.example.com/policy');
  });

  it.each([
    [{ name: 'mistral ' }, 'name', 'name-taken'],
    [{ name: 'Ｍistral' }, 'name', 'name-taken'],
    [{ name: 'Hub' }, 'name', 'name-taken'],
    [{ name: '  ' }, 'name', 'missing'],
    [{ name: 'Mis\u200Btral' }, 'name', 'unreadable'],
    [{ name: 'Other\u202E' }, 'name', 'unreadable'],
    [{ name: 'Other', baseUrl: 'api' }, 'baseUrl', 'no-scheme'],
    [{ name: 'Other', kind: 'openai-compatible' }, 'baseUrl', 'missing'],
    [{ name: 'Other', zone: 'own-server' }, 'baseUrl', 'not-own-server'],
    [{ name: 'Other', policyUrl: 'javascript:alert(1)' }, 'policyUrl', 'no-scheme'],
    [{ name: 'Other', modelName: 'large\nsmall' }, 'modelName', 'unreadable'],
  ] as const)('refuses %j at its field', async (change, field, reason) => {
    await remotes.add(vendor);
    const failure = await remotes.add({ ...vendor, ...change }).catch((error: unknown) => AppError.from(error));
    expect(failure).toMatchObject({ code: 'app/invalid-input', details: { field, reason } });
    expect(await remotes.list()).toHaveLength(1);
  });

  it('keeps a name for the remote that has it, and takes no other’s', async () => {
    const remote = await remotes.add(vendor);
    await remotes.add({ ...vendor, name: 'Second' });
    expect(await remotes.update(remote.id, { ...remote, modelName: ' large ' })).toMatchObject({ modelName: 'large' });
    const failure = { details: { field: 'name', reason: 'name-taken' } };
    await expect(remotes.update(remote.id, { ...remote, name: 'SECOND' })).rejects.toMatchObject(failure);
    const missing = { code: 'app/not-found' };
    await expect(remotes.update(createId(remoteIdSchema), remote)).rejects.toMatchObject(missing);
  });

  // Catches two doors that both found room for one more.
  it('takes no more than there can be, also at once', async () => {
    const wanted = Array.from({ length: mostRemotes + 3 }, (_, at) => remotes.add({ ...vendor, name: `Remote ${at}` }));
    const ended = await Promise.allSettled(wanted);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(mostRemotes);
    expect((await remotes.list()).map(({ name }) => name)).toEqual(
      Array.from({ length: mostRemotes }, (_, at) => `Remote ${at}`),
    );
  });

  // Whoever changes an address must not get the key that was given for another.
  it('forgets the key with the host that it was given for, and with nothing else', async () => {
    const remote = await addServed();
    await remotes.update(remote.id, {
      ...remote,
      name: 'New',
      modelName: 'small',
      baseUrl: `${server.address}/other/v1`,
    });
    expect(keys.get(remote.id)).toBe('test-key');
    await remotes.update(remote.id, { ...remote, baseUrl: 'https://elsewhere.example.com/v1' });
    expect(keys.size).toBe(0);
  });

  it('forgets a remote with its key, and the key first', async () => {
    const { id } = await addServed();
    await remotes.remove(id);
    expect(keys.size).toBe(0);
    expect(await remotes.list()).toEqual([]);
    await expect(remotes.remove(id)).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(remotes.models(id, signal)).rejects.toMatchObject({ code: 'app/not-found' });
    await expect(remotes.test(id, signal)).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('lists models with the prices that are known; a server of one’s own has none', async () => {
    const { id } = await addServed();
    expect(await remotes.models(id, signal)).toMatchObject([
      { name: 'large', inputPrice: 2, outputPrice: 8 },
      { name: 'small', inputPrice: null, outputPrice: null },
    ]);
    const own = await addServed({
      name: 'Own',
      kind: 'openai-compatible',
      zone: 'own-server',
      baseUrl: server.baseUrl('openai-compatible'),
    });
    expect(await remotes.models(own.id, signal)).toMatchObject([{ inputPrice: null }, { inputPrice: null }]);
  });
});

describe('how much the chosen model reads', () => {
  const own: Partial<RemoteText> = { kind: 'openai-compatible', zone: 'own-server' };
  const kept = async (id: RemoteId) => (await storage.remotes.get(id))?.contextTokens;

  // Catches a number that is lost with the window, or that stays when it belongs to another model.
  it('is kept from the list, with a test too, and goes with the model and the server', async () => {
    const remote = await addServed({ ...own, baseUrl: server.baseUrl('openai-compatible') });
    expect(remote.contextTokens).toBeNull();
    await remotes.test(remote.id, signal);
    expect(await kept(remote.id)).toBe(32_768);
    const renamed = await remotes.update(remote.id, { ...remote, name: 'Other' });
    expect(renamed.contextTokens).toBe(32_768);
    // The one that is chosen from the list is known at once; one that nobody listed is not.
    expect(await remotes.update(remote.id, { ...renamed, modelName: 'small' })).toMatchObject({
      contextTokens: 32_768,
    });
    expect(await remotes.update(remote.id, { ...renamed, modelName: 'unheard' })).toMatchObject({
      contextTokens: null,
    });
    const moved = { ...renamed, baseUrl: `${server.address}/other/v1` };
    expect(await remotes.update(remote.id, moved)).toMatchObject({ contextTokens: null });
    expect(await kept(remote.id)).toBeNull();
  });

  it('is told by a list that came for another address to nobody', async () => {
    const remote = await addServed({ ...own, baseUrl: server.baseUrl('openai-compatible') });
    const asked = remotes.models(remote.id, signal);
    await remotes.update(remote.id, { ...remote, baseUrl: `${server.address}/other/v1` });
    await asked;
    expect(await kept(remote.id)).toBeNull();
  });
});

describe('a test of a remote', () => {
  it('works, and asks for nothing but the list', async () => {
    const { id } = await addServed();
    expect(await remotes.test(id, signal)).toEqual({ status: 'works', models: 2, movedTo: null });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('tells a wrong key from a missing one', async () => {
    const wrong = await addServed({ name: 'Wrong' }, 'another-key');
    expect(await remotes.test(wrong.id, signal)).toEqual({ status: 'wrong-key' });
    const none = await addServed({ name: 'None' }, null);
    expect(await remotes.test(none.id, signal)).toEqual({ status: 'no-key' });
  });

  it('says when nobody is there, and when it is no interface of a large model', async () => {
    const elsewhere = await addServed({ name: 'Elsewhere', baseUrl: `${server.address}/nothing/here` });
    expect(await remotes.test(elsewhere.id, signal)).toEqual({ status: 'not-an-api' });
    const { id } = await addServed();
    await server.close();
    expect(await remotes.test(id, signal)).toEqual({ status: 'unreachable' });
    server = await startFakeProvider();
  });

  it('says that a certificate is not to be trusted, and sends no key', async () => {
    await server.close();
    server = await startFakeProvider({ certificate: createSelfSignedCertificate() });
    const { id } = await addServed();
    expect(await remotes.test(id, signal)).toEqual({ status: 'bad-certificate', flaw: 'self-signed' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['rate-limit', { status: 'busy' }],
    ['server-error', { status: 'busy' }],
    ['no-credit', { status: 'refused', code: 'provider/no-credit' }],
  ] as const)('tells what came of %s', async (kind, told) => {
    const { id } = await addServed();
    server.fail({ kind });
    expect(await remotes.test(id, signal)).toEqual(told);
  });

  it.each(['offline', 'mode-off', 'purpose-not-allowed', 'local-only'] as const)(
    'says which setting refused it: %s',
    async (reason) => {
      const { id } = await addServed();
      decision = { isAllowed: false, reason };
      expect(await remotes.test(id, signal)).toEqual({ status: 'refused', code: `egress/${reason}` });
      expect(server.requests).toEqual([]);
    },
  );

  it('throws a cancel, which says nothing about the remote', async () => {
    const { id } = await addServed();
    const aborted = AbortSignal.abort();
    await expect(remotes.test(id, aborted)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
