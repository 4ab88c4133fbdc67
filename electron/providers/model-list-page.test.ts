import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../platform/system-clock.ts';
import type { RemoteKind } from '../shared/remote.ts';
import { buildRemote } from '../testing/fake-provider/remote-bench.ts';
import { listRemoteModels } from './list-remote-models.ts';
import { remoteLimits } from './remote-answer-body.ts';

const never = new AbortController().signal;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Lists what a server says, which is told the path and query of each request. */
async function list(kind: RemoteKind, say: (url: URL, request: number) => object | string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://here');
    asked.push(`${url.pathname}${url.search}`);
    const said = say(url, asked.length);
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  const { port } = server.address() as AddressInfo;
  const egress = { fetch: async ({ url }: { readonly url: string }) => await fetch(url) };
  const remote = buildRemote(kind, `http://127.0.0.1:${port}/v1`);
  const options = { egress, clock: createSystemClock(), limits: remoteLimits, remote, key: null };
  const models = await listRemoteModels(options, never);
  return { models, names: models.map(({ name }) => name), asked };
}

const numbered = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `m${from + at}`);

describe('a list of models in pages', () => {
  // Catches a list that ends with the first page: the model that somebody wants is mostly the one that is missing.
  it('of Anthropic is read to its end', async () => {
    const { names, asked } = await list('anthropic', (url) => {
      const from = Number((url.searchParams.get('after_id') ?? 'm-1').slice(1)) + 1;
      const data = numbered(from, 10).map((id) => ({ id, type: 'model', max_input_tokens: 200_000 }));
      return { data, has_more: from < 30, first_id: data[0]?.id, last_id: data.at(-1)?.id };
    });
    expect(names).toEqual(numbered(0, 40));
    expect(asked.slice(0, 2)).toEqual(['/v1/models?limit=1000', '/v1/models?limit=1000&after_id=m9']);
  });

  it('of Google is read to its end, pages without a model for chats too', async () => {
    const { names, asked } = await list('google', (url) => {
      const page = Number(url.searchParams.get('pageToken')?.slice(4) ?? 0);
      const methods = page === 1 ? ['embedContent'] : ['generateContent'];
      const model = { name: `models/m${page}`, inputTokenLimit: 1_048_576, supportedGenerationMethods: methods };
      return { models: [model], ...(page < 3 ? { nextPageToken: `a/+&${page + 1}` } : {}) };
    });
    expect(names).toEqual(['m0', 'm2', 'm3']);
    expect(asked[1]).toBe('/v1/models?pageSize=1000&pageToken=a%2F%2B%261');
  });

  it('of a gateway that speaks like OpenAI’s is read to its end', async () => {
    const { names } = await list('openai-compatible', (url) => {
      const from = Number((url.searchParams.get('after') ?? 'm-1').slice(1)) + 1;
      return { data: numbered(from, 5).map((id) => ({ id })), has_more: from < 10, last_id: `m${from + 4}` };
    });
    expect(names).toEqual(numbered(0, 15));
  });

  // Catches a loop without end, which would also fill the ledger.
  it('ends where a server sends the same page again, or says that there is always more', async () => {
    const same = await list('openai-compatible', () => ({ data: [{ id: 'a' }], has_more: true, last_id: 'a' }));
    expect([same.names, same.asked.length]).toEqual([['a'], 2]);
    const stuck = await list('google', (_, request) => ({
      models: [{ name: `m${request}` }],
      nextPageToken: 'same',
    }));
    expect(stuck.asked).toHaveLength(2);
    const endless = await list('anthropic', (_, request) => ({
      data: [{ id: `m${request}` }],
      has_more: true,
      last_id: `m${request}`,
    }));
    expect([endless.names.length, endless.asked.length]).toEqual([50, 50]);
    const huge = await list('google', (_, request) => ({
      models: numbered(request * 1_000, 1_000).map((name) => ({ name })),
      nextPageToken: `${request}`,
    }));
    expect([huge.names.length, huge.asked.length]).toEqual([2_000, 2]);
  });

  it('is bounded in bytes over all its pages', async () => {
    const padding = 'x'.repeat(3_000_000);
    const asked = list('anthropic', (_, request) => ({
      data: [{ id: `m${request}` }],
      has_more: true,
      last_id: padding,
    }));
    // A cursor of that size is none: the list ends there.
    expect((await asked).names).toEqual(['m1']);
    const padded = list('anthropic', (_, request) => ({
      data: [{ id: `m${request}`, padding }],
      has_more: true,
      last_id: `m${request}`,
    }));
    await expect(padded).rejects.toMatchObject({ code: 'provider/unexpected', details: { mayBeBilled: false } });
  });

  it('fails as a whole when a later page does: half a list would look like all of it', async () => {
    const half = list('anthropic', (_, request) =>
      request === 1 ? { data: [{ id: 'a' }], has_more: true, last_id: 'a' } : '<html>',
    );
    await expect(half).rejects.toMatchObject({ code: 'provider/unexpected' });
  });
});

describe('what a list says of how much a model reads', () => {
  // Shapes as the servers send them, shortened to what is read and one field beside it.
  it.each([
    ['vLLM', { id: 'm', object: 'model', max_model_len: 8_192 }, 8_192],
    ['llama.cpp, started with less', { id: 'm', meta: { n_ctx: 4_096, n_ctx_train: 131_072 } }, 4_096],
    ['llama.cpp, of a small model', { id: 'm', meta: { n_vocab: 49_152, n_ctx_train: 8_192 } }, 8_192],
    // What it was trained with is no promise.
    ['llama.cpp, of a large model', { id: 'm', meta: { n_ctx_train: 131_072 } }, 32_768],
    [
      'LM Studio, loaded',
      { id: 'm', state: 'loaded', max_context_length: 131_072, loaded_context_length: 4_096 },
      4_096,
    ],
    ['LM Studio, not loaded', { id: 'm', state: 'not-loaded', max_context_length: 32_768 }, 32_768],
    ['Ollama', { id: 'm:latest', object: 'model', owned_by: 'library' }, null],
    ['OpenRouter', { id: 'a/m:free', context_length: 131_072, top_provider: { context_length: 65_536 } }, 65_536],
    [
      'OpenRouter, without a provider',
      { id: 'a/m', context_length: 131_072, top_provider: { context_length: null } },
      131_072,
    ],
    ['Groq', { id: 'm', context_window: 131_072, active: true }, 131_072],
    ['Together', { id: 'a/m', context_length: 32_768, type: 'chat' }, 32_768],
    ['nobody', { id: 'm', context_length: 1e300 }, null],
    ['somebody who writes words', { id: 'm', context_length: 'large', meta: 'none', top_provider: 7 }, null],
  ] as const)('of %s', async (_, entry, contextTokens) => {
    const { models } = await list('openai-compatible', () => ({ object: 'list', data: [entry] }));
    expect(models).toEqual([{ name: entry.id, contextTokens }]);
  });
});
