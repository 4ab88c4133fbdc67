import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { remoteKindSchema } from '../shared/remote.ts';
import type { RemoteKind } from '../shared/remote.ts';
import { openRemoteBench, readOutcome, usualSendOptions } from '../testing/fake-provider/remote-bench.ts';
import type { RemoteBench } from '../testing/fake-provider/remote-bench.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import type { RemoteRequest } from './remote-provider.ts';
import { eventually } from '../testing/eventually.ts';

const request: RemoteRequest = {
  turns: [
    { role: 'system', text: 'Answer briefly.' },
    { role: 'user', text: 'Who is [PERSON_1]?' },
    { role: 'assistant', text: 'A tenant.' },
    { role: 'user', text: 'What does [PERSON_1] owe? 😀 "quoted" \\ \u2028 end' },
  ],
  maxTokens: 64,
  temperature: 0.5,
};
const question = request.turns.at(-1)?.text ?? '';
const never = new AbortController().signal;
const secret = 'sk-very-secret';

/** Turns of any role in any order, with characters that are written in more than one way. */
function randomRequest(random: () => number): RemoteRequest {
  const pieces = [
    '[NAME_1]',
    'ä',
    '\u{1f600}',
    '\u2028',
    '"',
    '\\',
    '</script>',
    '\u0000',
    '\ud800',
    '\n\n',
    ' ',
    'é',
    'e\u0301',
  ];
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] ?? items[0]!;
  const textOf = (): string => Array.from({ length: Math.floor(random() * 40) }, () => pick(pieces)).join('');
  const roles = ['system', 'user', 'assistant'] as const;
  const turns = Array.from({ length: Math.floor(random() * 6) }, () => ({ role: pick(roles), text: textOf() }));
  return {
    turns: [...turns, { role: 'user', text: `${textOf()}?` }],
    maxTokens: 1 + Math.floor(random() * 4_000),
    ...(random() < 0.5 && { temperature: Math.round(random() * 200) / 100 }),
    ...(random() < 0.3 && { stopStrings: ['END', '\n\n'] }),
  };
}

let bench: RemoteBench;
const open = async (...options: Parameters<typeof openRemoteBench>) => (bench = await openRemoteBench(...options));
afterEach(async () => await bench.close());

const headersOf = (rawHeaders: readonly string[]): ReadonlyMap<string, string> =>
  new Map(rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [])));

describe.each(remoteKindSchema.options)('createRemoteProvider with %s', (kind: RemoteKind) => {
  it('sends nothing to capture, and the same bytes each time', async () => {
    const { provider, remote, server } = await open();
    const [first, second] = [
      await provider.capture(remote(kind), request),
      await provider.capture(remote(kind), request),
    ];
    expect(first.body).toBe(second.body);
    expect(first.url).toBe(second.url);
    expect(server.requests).toEqual([]);
  });

  it('sends the bytes that were shown, once, and gives the whole answer with its usage', async () => {
    const { provider, remote, server, ledger } = await open({ key: secret });
    const asked: string[] = [];
    server.answer(({ turns, maxTokens }) => {
      asked.push(...turns.map(({ role, text }) => `${role}: ${text}`), String(maxTokens));
      return turns.at(-1)?.text ?? '';
    });
    const captured = await provider.capture(remote(kind), request);
    const entries: string[] = [];
    const options = { ...usualSendOptions, key: secret, onEntry: (id: string) => void entries.push(id) };
    const outcome = await readOutcome(provider.send(captured, options, never));
    expect(outcome.error).toBeNull();
    expect(outcome.text).toBe(question);
    expect(outcome.end).toMatchObject({ reason: 'complete', ignoredToolCalls: 0, reusedTokens: 0 });
    expect(outcome.end?.inputTokens).toBeGreaterThan(0);
    expect(outcome.end?.outputTokens).toBe(Math.ceil(question.length / 4));
    expect(asked).toEqual([...request.turns.map(({ role, text }) => `${role}: ${text}`), '64']);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body.toString()).toBe(captured.body);
    expect(`${server.address}${server.requests[0]?.url}`).toBe(captured.url);
    // An entry that another request wrote would carry the bill of this one.
    expect(ledger().map(({ id }) => id)).toEqual(entries);
    await eventually(() => expect(ledger()).toMatchObject([{ outcome: 'completed' }]));
  });

  // 100 for each of the five: a date or an id that the SDK puts in, or a character that it writes in two ways, fails here.
  it('sends what was shown in 100 random cases', async () => {
    const { provider, remote, server, ledger } = await open();
    const random = createSeededRandom(kind.length);
    const shown: string[] = [];
    for (let round = 0; round < 100; round += 1) {
      const captured = await provider.capture(remote(kind), randomRequest(random));
      shown.push(captured.body);
      const { error } = await readOutcome(provider.send(captured, usualSendOptions, never));
      expect(error).toBeNull();
    }
    expect(server.requests.map(({ body }) => body.toString())).toEqual(shown);
    const hashOf = (body: string) => createHash('sha256').update(body).digest('hex');
    expect(ledger().map(({ bodyHash }) => bodyHash)).toEqual(shown.map(hashOf));
  });

  it('carries the key in one header, and nothing of the SDK or of this machine in any', async () => {
    const { remote, server, ask } = await open({ key: secret });
    await ask(remote(kind), request, { key: secret });
    const [sent] = server.requests;
    const headers = headersOf(sent?.rawHeaders ?? []);
    expect([...headers.values()].filter((value) => value.includes(secret))).toHaveLength(1);
    expect(sent?.url).not.toContain(secret);
    expect(sent?.body.toString()).not.toContain(secret);
    expect(headers.get('user-agent')).toBe('Sotto');
    expect([...headers.values()].join('\n')).not.toMatch(/ai-sdk|node|linux|not-sent/i);
  });

  it('refuses a body, an address or an SDK that differs by a byte, with nothing sent', async () => {
    const { provider, remote, server } = await open();
    const captured = await provider.capture(remote(kind), request);
    const changed = [
      { ...captured, body: captured.body.replace('briefly', 'briefly ') },
      { ...captured, url: captured.url.replace(/.$/, '') },
      { ...captured, request: { ...request, maxTokens: 65 } },
    ];
    for (const other of changed) {
      const { error } = await readOutcome(provider.send(other, usualSendOptions, never));
      expect(error).toMatchObject({ code: 'provider/unexpected', details: { mayBeBilled: false } });
    }
    expect(server.requests).toEqual([]);
  });

  it('keeps thoughts and text apart', async () => {
    const { remote, server, ask } = await open();
    server.answer(() => ({ reasoning: 'Let me think about [PERSON_1].', text: 'Nothing.' }));
    const { text, reasoning, error } = await ask(remote(kind), request);
    expect([error, text]).toEqual([null, 'Nothing.']);
    // OpenAI's interface shows none.
    expect(reasoning).toBe(kind === 'openai' ? '' : 'Let me think about [PERSON_1].');
  });

  it('says why an answer ended, and leaves out calls of tools', async () => {
    const { remote, server, ask } = await open();
    server.fail(
      { kind: 'ends-with', reason: 'length' },
      { kind: 'ends-with', reason: 'refused' },
      { kind: 'tool-calls' },
    );
    expect((await ask(remote(kind), request)).end?.reason).toBe('length');
    expect((await ask(remote(kind), request)).end?.reason).toBe('refused');
    const withTools = await ask(remote(kind), request);
    expect(withTools).toMatchObject({ text: question, end: { reason: 'complete', ignoredToolCalls: 1 } });
    expect(server.requests).toHaveLength(3);
  });

  it('knows no usage where none was sent', async () => {
    const { remote, server, ask } = await open();
    server.fail({ kind: 'no-usage' });
    const { end, text } = await ask(remote(kind), request);
    expect(text).toBe(question);
    expect(end?.outputTokens).toBeNull();
    expect(end?.inputTokens).toBeNull();
  });

  it('puts halves of characters together, and no lone one comes through', async () => {
    const { remote, server, ask } = await open();
    server.fail({ kind: 'lone-surrogates' });
    const { text, error } = await ask(remote(kind), request);
    expect(error).toBeNull();
    expect(text).toBe(`a\u{1f600}b\ufffdc\ufffd${question}`);
  });

  it('ends the connection at once when the reader leaves or aborts', async () => {
    const { provider, remote, server } = await open({ paceMs: 5 });
    server.answer(() => 'word '.repeat(10_000));
    const captured = await provider.capture(remote(kind), request);
    for await (const part of provider.send(captured, usualSendOptions, never)) {
      expect(part.type).toBe('text-delta');
      break;
    }
    await server.requests[0]?.ended;
    const stop = new AbortController();
    const reason = new Error('The person stopped it.');
    const read = async () => {
      for await (const _ of provider.send(captured, usualSendOptions, stop.signal)) stop.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    await server.requests[1]?.ended;
    expect(server.requests.map(({ end }) => end)).toEqual(['left', 'left']);
  });

  it('writes no request for an empty question, and none that leads elsewhere', async () => {
    const { provider, remote, server } = await open();
    const bad = [
      provider.capture(remote(kind), { ...request, turns: [] }),
      provider.capture(remote(kind), { ...request, turns: [{ role: 'user', text: ' \n' }] }),
      provider.capture(remote(kind), { ...request, turns: [{ role: 'system', text: 'Answer.' }] }),
      provider.capture(remote(kind, { modelName: null }), request),
    ];
    for (const capture of bad) await expect(capture).rejects.toMatchObject({ details: { mayBeBilled: false } });
    for (const modelName of ['../../../other', 'a?key=1', 'a#b', 'x/../../../../y']) {
      // Only where the name stands in the address can it lead anywhere.
      const url = await provider.capture(remote(kind, { modelName }), request).then(
        (captured) => captured.url,
        () => `${server.baseUrl(kind)}/refused`,
      );
      expect(new URL(url).pathname.startsWith(new URL(server.baseUrl(kind)).pathname)).toBe(true);
      expect(new URL(url).hash).toBe('');
    }
    expect(server.requests).toEqual([]);
  });
});

describe('createRemoteProvider with OpenAI', () => {
  it('asks so that models that reason answer as well, and nothing is stored', async () => {
    const { provider, remote } = await open();
    const captured = await provider.capture(remote('openai', { modelName: 'o4-mini' }), {
      ...request,
      stopStrings: ['X'],
    });
    const body: unknown = JSON.parse(captured.body);
    expect(body).toMatchObject({ store: false, max_completion_tokens: 64, stream: true });
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('stop');
  });
});
