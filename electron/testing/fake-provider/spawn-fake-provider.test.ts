import { afterEach, expect, it } from 'vitest';
import { spawnFakeProvider } from './spawn-fake-provider.ts';
import type { SpawnedFakeProvider } from './spawn-fake-provider.ts';
import { eventually } from '../eventually.ts';

let server: SpawnedFakeProvider | null = null;
afterEach(async () => await server?.close());

it('serves from a process of its own, takes orders and tells what came byte for byte', async () => {
  const started = await spawnFakeProvider({ key: 'first', seed: 7 });
  server = started;
  const ask = async (key: string) => {
    const body = JSON.stringify({
      model: 'large',
      stream: true,
      messages: [{ role: 'user', content: 'größe \u{1f600}' }],
    });
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${started.baseUrl('openai-compatible')}/chat/completions`, {
      method: 'POST',
      headers,
      body,
    });
    return { status: response.status, text: await response.text(), body };
  };
  expect((await ask('second')).status).toBe(401);
  started.order({ key: 'second' });
  started.order({ answer: 'ordered' });
  started.order({ fail: [{ kind: 'overloaded' }] });
  // Orders go another way than requests, so the first of them may overtake.
  await eventually(async () => expect((await ask('second')).status).toBe(503));
  const { status, text, body } = await ask('second');
  expect(status).toBe(200);
  expect(text).toContain('data: [DONE]');
  await eventually(() =>
    expect(started.requests.at(-1)).toMatchObject({ kind: 'openai-compatible', status: 200, end: 'complete' }),
  );
  const last = started.requests.at(-1);
  expect(last?.body.toString()).toBe(body);
  expect(last?.sentBytes).toBe(Buffer.byteLength(text));
});
