import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { createRemoteProvider } from '../../providers/create-remote-provider.ts';
import { ledgerQuerySchema } from '../../shared/ledger-query.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRemotesService } from './create-remotes-service.ts';
import type { RemotesService } from './remotes-service.ts';

const { signal } = new AbortController();

type Said = { readonly status?: number; readonly type?: string; readonly body: string | object };
/** What a server says to a path; what it does not know is under `*`. */
type Served = Readonly<Record<string, Said>>;

const list = (entry: object): Said => ({ body: { object: 'list', data: [entry] } });

/** How servers that people run at home list their models, and what they say to a path that they do not know. */
const servers = {
  vLLM: {
    '/v1/models': list({ id: 'm', object: 'model', owned_by: 'vllm', root: 'm', max_model_len: 8_192 }),
    '*': { status: 404, body: { detail: 'Not Found' } },
  },
  'llama.cpp': {
    '/models': list({ id: 'm', owned_by: 'llamacpp', meta: { n_vocab: 49_152, n_ctx_train: 8_192 } }),
    '/v1/models': list({ id: 'm', owned_by: 'llamacpp', meta: { n_vocab: 49_152, n_ctx_train: 8_192 } }),
    '*': { status: 404, body: { error: { code: 404, message: 'File Not Found', type: 'not_found_error' } } },
  },
  Ollama: {
    '/v1/models': list({ id: 'm:latest', object: 'model', created: 1, owned_by: 'library' }),
    '/api/tags': { body: { models: [{ name: 'm:latest', size: 1 }] } },
    '/': { type: 'text/plain', body: 'Ollama is running' },
    '*': { status: 404, type: 'text/plain', body: '404 page not found' },
  },
  'LM Studio': {
    '/v1/models': list({ id: 'm', object: 'model', owned_by: 'organization_owner' }),
    '*': { body: { error: 'Unexpected endpoint or method. (GET /models)' } },
  },
  'Open WebUI': {
    '/api/models': list({ id: 'm', object: 'model', owned_by: 'ollama' }),
    // It has a window of its own under every other path.
    '*': { type: 'text/html', body: '<!doctype html><title>Open WebUI</title>' },
  },
} as const satisfies Readonly<Record<string, Served>>;

let storage: Storage;
let remotes: RemotesService;
let server: Server;
let asked: string[];
let served: Served;
let address: string;
let key: string | null;
beforeEach(async () => {
  storage = await openTestStorage();
  asked = [];
  key = null;
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const { status = 200, type = 'application/json', body } = served[url] ?? served['*'] ?? { body: '' };
    response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = createFakeClock();
  const settings = { isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' } as const;
  const policy = createSettingsEgressPolicy(
    async () => settings,
    async () => await storage.remotes.list(),
  );
  remotes = createRemotesService({
    repository: storage.remotes,
    keys: { read: async () => key, remove: async (owner) => ({ owner, state: 'missing' }) },
    provider: createRemoteProvider({ egress: createEgress({ policy, ledger: storage.ledger, clock }), clock }),
    usage: { price: async () => null },
    logger: createRecordingLogger(),
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await storage.close();
});

/** Tests what was typed, and tells what is kept afterwards: the path, and how much the model reads. */
async function test(kind: keyof typeof servers, typed: string) {
  served = servers[kind];
  const { id } = await remotes.add({
    kind: 'openai-compatible',
    zone: 'own-server',
    name: 'Own',
    baseUrl: typed.replace('HOST', address.replace('http://', '')),
    modelName: 'm',
    policyUrl: null,
  });
  const outcome = await remotes.test(id, signal);
  const kept = (await remotes.list())[0];
  return { id, outcome, path: kept?.baseUrl.replace(address, ''), contextTokens: kept?.contextTokens };
}

describe('the address of an own server', () => {
  // Catches "not as a server of models does" for the address that the server itself prints when it starts.
  it.each([
    ['vLLM', 'http://HOST', '/v1', 8_192],
    ['vLLM', 'http://HOST/', '/v1', 8_192],
    ['vLLM', 'http://HOST/v1', '/v1', 8_192],
    ['vLLM', ' HOST/v1/ ', '/v1', 8_192],
    ['vLLM', 'http://HOST/v1/chat/completions', '/v1', 8_192],
    ['llama.cpp', 'http://HOST', '', 8_192],
    ['llama.cpp', 'http://HOST/v1', '/v1', 8_192],
    ['Ollama', 'http://HOST', '/v1', null],
    ['Ollama', 'http://HOST/api', '/v1', null],
    ['Ollama', 'http://HOST/api/generate', '/v1', null],
    ['LM Studio', 'HOST', '/v1', null],
    ['LM Studio', 'http://HOST/v1/models', '/v1', null],
    ['Open WebUI', 'http://HOST', '/api', null],
    ['Open WebUI', 'http://HOST/v1', '/api', null],
  ] as const)('of %s typed as %s is kept as one that works', async (kind, typed, path, contextTokens) => {
    const tested = await test(kind, typed);
    const wasRight = asked.length === 1;
    const movedTo = wasRight ? null : `${address}${path}`;
    expect(tested).toMatchObject({ outcome: { status: 'works', models: 1, movedTo }, path, contextTokens });
    // What was found is right from now on.
    asked = [];
    expect(await remotes.test(tested.id, signal)).toEqual({ status: 'works', models: 1, movedTo: null });
    expect(asked).toHaveLength(1);
  });

  it('stays as it was typed where none of the usual ones lists models, and the ledger has every question', async () => {
    served = { '*': { type: 'text/html', body: '<!doctype html>' } };
    const { id } = await remotes.add({
      kind: 'openai-compatible',
      zone: 'own-server',
      name: 'Own',
      baseUrl: `${address}/models-are-here`,
      modelName: null,
      policyUrl: null,
    });
    expect(await remotes.test(id, signal)).toEqual({ status: 'not-an-api' });
    expect((await remotes.list())[0]?.baseUrl).toBe(`${address}/models-are-here`);
    const { entries } = await storage.ledger.query(ledgerQuerySchema.parse({}));
    expect(entries).toHaveLength(asked.length);
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  // A key that is wrong says that the address is right: no other is asked with it.
  it('is not looked for any further once a server asks for a key', async () => {
    served = { '/v1/models': { status: 401, body: { error: 'Unauthorized' } }, '*': { status: 404, body: {} } };
    key = 'wrong';
    const { id } = await remotes.add({
      kind: 'openai-compatible',
      zone: 'own-server',
      name: 'Own',
      baseUrl: address,
      modelName: null,
      policyUrl: null,
    });
    expect(await remotes.test(id, signal)).toEqual({ status: 'wrong-key' });
    expect(asked).toEqual(['/models', '/v1/models']);
  });
});
