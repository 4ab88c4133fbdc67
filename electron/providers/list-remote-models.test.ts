import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../platform/system-clock.ts';
import { remoteKindSchema } from '../shared/remote.ts';
import { buildRemote, openRemoteBench } from '../testing/fake-provider/remote-bench.ts';
import type { RemoteBench } from '../testing/fake-provider/remote-bench.ts';
import { createSelfSignedCertificate } from '../testing/fake-provider/self-signed-certificate.ts';
import { listRemoteModels } from './list-remote-models.ts';
import { remoteLimits } from './remote-answer-body.ts';

const never = new AbortController().signal;
const unbilled = { mayBeBilled: false };

describe.each(remoteKindSchema.options)('listRemoteModels of %s', (kind) => {
  let bench: RemoteBench;
  const open = async (...options: Parameters<typeof openRemoteBench>) => (bench = await openRemoteBench(...options));
  afterEach(async () => await bench.close());

  it('lists what can chat, with the key in a header only', async () => {
    const { provider, remote, server } = await open({ key: 'sk-very-secret' });
    const models = await provider.listModels(remote(kind), 'sk-very-secret', never);
    expect(models.map(({ name }) => name)).toEqual(['large', 'small']);
    const isTold = kind !== 'openai' && kind !== 'anthropic';
    expect(models.map(({ contextTokens }) => contextTokens)).toEqual(isTold ? [32_768, 32_768] : [null, null]);
    expect(server.requests).toMatchObject([{ method: 'GET', end: 'complete' }]);
    expect(server.requests[0]?.url).not.toContain('sk-very-secret');
  });

  it('tells a wrong key, a missing one, a busy server and one that is none apart', async () => {
    const { provider, remote, server } = await open();
    const list = async (key: string | null) => await provider.listModels(remote(kind), key, never);
    await expect(list('other')).rejects.toMatchObject({ code: 'provider/wrong-key', details: unbilled });
    await expect(list(null)).rejects.toMatchObject({ code: 'provider/no-key', details: unbilled });
    server.fail({ kind: 'rate-limit', retryAfterSeconds: 3 }, { kind: 'html' }, { kind: 'bad-gateway' });
    await expect(list('test-key')).rejects.toMatchObject({
      code: 'provider/busy',
      details: { ...unbilled, retryAfterMs: 3_000 },
    });
    await expect(list('test-key')).rejects.toMatchObject({ code: 'provider/unexpected', details: unbilled });
    await expect(list('test-key')).rejects.toMatchObject({ code: 'provider/busy', details: unbilled });
    // A wrong path is no unknown model.
    const astray = provider.listModels(remote(kind, { baseUrl: `${server.address}/wrong` }), 'test-key', never);
    await expect(astray).rejects.toMatchObject({ code: 'provider/unexpected', details: unbilled });
  });

  it('leaves a gigabyte, a silence and a drip', async () => {
    const { provider, remote, server } = await open({ limits: { firstByteMs: 200, idleMs: 200 } });
    const list = async () => await provider.listModels(remote(kind), 'test-key', never);
    server.fail({ kind: 'endless-line', bytes: 1_000_000_000 }, { kind: 'silent' }, { kind: 'slow-drip', everyMs: 20 });
    await expect(list()).rejects.toMatchObject({ code: 'provider/unexpected' });
    await expect(list()).rejects.toMatchObject({ code: 'provider/unreachable', details: unbilled });
    await expect(list()).rejects.toMatchObject({ code: 'provider/unexpected' });
    for (const { ended } of server.requests) await ended;
    expect(server.requests.map(({ end }) => end)).toEqual(['left', 'left', 'left']);
    expect(server.requests[0]?.sentBytes).toBeLessThan(32_000_000);
  });

  it('tells a certificate that nobody signed', async () => {
    const { provider, remote } = await open({ certificate: createSelfSignedCertificate() });
    await expect(provider.listModels(remote(kind), 'test-key', never)).rejects.toMatchObject({
      code: 'provider/bad-certificate',
    });
  });
});

describe('listRemoteModels of a server that sends anything', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function list(body: string) {
    const server = createServer((_, response) => response.end(body));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const egress = { fetch: ({ url }: { readonly url: string }) => fetch(url) };
    const remote = buildRemote('openai-compatible', `http://127.0.0.1:${port}/v1/`);
    return await listRemoteModels(
      { egress, clock: createSystemClock(), limits: remoteLimits, remote, key: null },
      never,
    );
  }

  // A name goes into an address, a table and a terminal.
  it('takes names of sane characters and leaves the others', async () => {
    const names = [
      'meta/llama:7b@q4',
      'größe 2',
      '',
      ' x',
      'x\n',
      'a\u202eb',
      'a\u0000b',
      'z\ufeff',
      'x'.repeat(201),
      '\ud800',
    ];
    const data = [...names.map((id) => ({ id })), { id: 7 }, null, 'text', { name: 'no id' }, { id: 'größe 2' }];
    expect((await list(JSON.stringify({ data }))).map(({ name }) => name)).toEqual(['meta/llama:7b@q4', 'größe 2']);
  });

  it('takes a bare list, an empty one, odd sizes of contexts, and 2,000 at most', async () => {
    expect(await list('[{"id":"a"}]')).toEqual([{ name: 'a', contextTokens: null }]);
    expect(await list('{"data":null}')).toEqual([]);
    const odd = [
      { id: 'a', max_model_len: -1 },
      { id: 'b', max_model_len: '9' },
      { id: 'c', meta: { n_ctx: 2_048 } },
    ];
    expect((await list(JSON.stringify(odd))).map(({ contextTokens }) => contextTokens)).toEqual([null, null, 2_048]);
    const many = Array.from({ length: 3_000 }, (_, at) => ({ id: `m${at}` }));
    expect(await list(JSON.stringify({ data: many }))).toHaveLength(2_000);
  });

  it.each(['', '7', 'null', '{}', '{"data":{}}', '<html>', '{"data":[', '[['.repeat(50_000)])(
    'calls %.20s no list of models',
    async (body) => {
      await expect(list(body)).rejects.toMatchObject({ code: 'provider/unexpected', details: unbilled });
    },
  );
});
