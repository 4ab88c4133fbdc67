import { afterEach, describe, expect, it } from 'vitest';
import type { AppErrorCode } from '../shared/app-error.ts';
import { remoteKindSchema } from '../shared/remote.ts';
import { openRemoteBench } from '../testing/fake-provider/remote-bench.ts';
import type { RemoteBench } from '../testing/fake-provider/remote-bench.ts';
import type { FakeProviderFault } from '../testing/fake-provider/faults.ts';
import { createSelfSignedCertificate } from '../testing/fake-provider/self-signed-certificate.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import type { RemoteRequest } from './remote-provider.ts';
import { eventually } from '../testing/eventually.ts';

const question = 'What does [PERSON_1] owe, and until when?';
const request: RemoteRequest = { turns: [{ role: 'user', text: question }], maxTokens: 64 };
const small: Partial<RemoteLimits> = { bodyBytes: 4_000_000, eventBytes: 500_000, textLength: 200_000 };
const gigabyte = 1_000_000_000;

let bench: RemoteBench;
const open = async (...options: Parameters<typeof openRemoteBench>) => (bench = await openRemoteBench(...options));
afterEach(async () => await bench.close());

type Case = {
  readonly fault: FakeProviderFault;
  /** Null for an answer that comes through as plain text. */
  readonly code: AppErrorCode | null;
  readonly mayBeBilled?: boolean;
};

/** Before an answer: nothing was begun, so nothing is billed. */
const refusals: readonly Case[] = [
  { fault: { kind: 'wrong-key' }, code: 'provider/wrong-key' },
  { fault: { kind: 'forbidden' }, code: 'provider/wrong-key' },
  { fault: { kind: 'no-credit' }, code: 'provider/no-credit' },
  { fault: { kind: 'unknown-model' }, code: 'provider/unknown-model' },
  { fault: { kind: 'invalid' }, code: 'provider/unexpected' },
  { fault: { kind: 'too-long' }, code: 'provider/too-long' },
  { fault: { kind: 'too-large' }, code: 'provider/too-long' },
  { fault: { kind: 'rate-limit', retryAfterSeconds: 7 }, code: 'provider/busy' },
  { fault: { kind: 'server-error' }, code: 'provider/busy' },
  { fault: { kind: 'bad-gateway' }, code: 'provider/busy', mayBeBilled: true },
  { fault: { kind: 'overloaded' }, code: 'provider/busy' },
  { fault: { kind: 'endless-error', bytes: gigabyte }, code: 'provider/busy' },
  { fault: { kind: 'redirect', to: 'https://elsewhere.example/v1' }, code: 'egress/not-allowed' },
];

/** After one began, or may have. */
const brokenAnswers: readonly Case[] = [
  { fault: { kind: 'html' }, code: 'provider/unexpected' },
  { fault: { kind: 'html-as-events' }, code: 'provider/cut' },
  { fault: { kind: 'json' }, code: 'provider/unexpected' },
  { fault: { kind: 'wrong-events' }, code: 'provider/unexpected' },
  { fault: { kind: 'other-events' }, code: 'provider/unexpected' },
  { fault: { kind: 'empty' }, code: 'provider/cut' },
  { fault: { kind: 'no-end', afterPieces: 3 }, code: 'provider/cut' },
  { fault: { kind: 'reset', afterPieces: 3 }, code: 'provider/cut' },
  { fault: { kind: 'error-event', afterPieces: 3, message: 'Overloaded' }, code: 'provider/cut' },
  { fault: { kind: 'endless-line', bytes: gigabyte }, code: 'provider/unexpected' },
  { fault: { kind: 'endless-comments', bytes: gigabyte }, code: 'provider/unexpected' },
  { fault: { kind: 'endless-text', bytes: gigabyte }, code: 'provider/cut' },
];

/** Each with the one limit that it meets; the others are as they ship, so that a busy machine meets none of them first. */
const silences: readonly (Case & { readonly limits: Partial<RemoteLimits> })[] = [
  { fault: { kind: 'silent' }, code: 'provider/unreachable', limits: { firstByteMs: 300 } },
  { fault: { kind: 'stall', afterPieces: 3 }, code: 'provider/cut', limits: { idleMs: 300 } },
  { fault: { kind: 'slow-drip', everyMs: 50 }, code: 'provider/cut', limits: { wholeMs: 600 } },
];

const titleOf = ({ fault, code }: Case): string => `${fault.kind} → ${code ?? 'text'}`;

describe.each(remoteKindSchema.options)('a hostile %s', (kind) => {
  it.each(refusals.map((one) => [titleOf(one), one] as const))('%s, not billed, not sent again', async (_, one) => {
    const { remote, server, ask } = await open({ limits: small });
    server.fail(one.fault);
    const { error, text } = await ask(remote(kind), request);
    const wait = one.fault.kind === 'rate-limit' ? { retryAfterMs: 7_000 } : {};
    expect(error).toMatchObject({ code: one.code, details: { mayBeBilled: one.mayBeBilled ?? false, ...wait } });
    expect(text).toBe('');
    expect(server.requests).toHaveLength(1);
  });

  it.each(brokenAnswers.map((one) => [titleOf(one), one] as const))(
    '%s, perhaps billed, not sent again',
    async (_, one) => {
      const { remote, server, ask, ledger } = await open({ limits: small });
      server.fail(one.fault);
      const { error, end } = await ask(remote(kind), request);
      expect([error?.code, end]).toEqual([one.code, null]);
      expect(error?.details).toMatchObject({ mayBeBilled: true });
      expect(server.requests).toHaveLength(1);
      await server.requests[0]?.ended;
      // What lies in the buffers of the system comes on top of the limit.
      expect(server.requests[0]?.sentBytes).toBeLessThan(16_000_000);
      await eventually(() => expect(ledger().map(({ outcome }) => outcome)).not.toContain('pending'));
    },
  );

  it.each(silences.map((one) => [titleOf(one), one] as const))('%s within the time limits', async (_, one) => {
    const { remote, server, ask, ledger } = await open({ limits: one.limits });
    server.fail(one.fault);
    const { error } = await ask(remote(kind), request);
    expect(error).toMatchObject({ code: one.code, details: { mayBeBilled: true } });
    await server.requests[0]?.ended;
    expect(server.requests.map(({ end }) => end)).toEqual(['left']);
    await eventually(() => expect(ledger().map(({ outcome }) => outcome)).not.toContain('pending'));
  });

  it('bytes that are no text come through as text that can be stored', async () => {
    const { remote, server, ask } = await open();
    server.fail({ kind: 'hostile-bytes' });
    const { text, error } = await ask(remote(kind), request);
    expect(error).toBeNull();
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith(question)).toBe(true);
  });

  it('an answer that never ends stops at its length', async () => {
    const { remote, server, ask } = await open({ limits: { textLength: 1_000 } });
    server.fail({ kind: 'many-pieces', pieces: 100_000 });
    const { error, text } = await ask(remote(kind), request);
    expect(error).toMatchObject({ code: 'provider/cut', details: { mayBeBilled: true } });
    expect(text.length).toBeLessThanOrEqual(1_000);
    await server.requests[0]?.ended;
  });

  it('a key that fits into no header is told as wrong, with nothing sent and the key in no error', async () => {
    const { remote, server, ask } = await open();
    const key = 'sk-secret\r\nX-Other: 1';
    const { error } = await ask(remote(kind), request, { key });
    expect(error).toMatchObject({ code: 'provider/wrong-key', details: { mayBeBilled: false } });
    expect(`${String(error)} ${JSON.stringify(error)} ${error?.stack ?? ''}`).not.toContain('sk-secret');
    expect(server.requests).toEqual([]);
  });

  it('no key at all is told as missing', async () => {
    const { remote, ask } = await open();
    expect((await ask(remote(kind), request, { key: null })).error?.code).toBe('provider/no-key');
  });

  it('a certificate that nobody signed is told as such, before anything is sent', async () => {
    const { remote, server, ask } = await open({ certificate: createSelfSignedCertificate() });
    const { error } = await ask(remote(kind), request);
    expect(error).toMatchObject({ code: 'provider/bad-certificate', details: { mayBeBilled: false } });
    expect(server.requests).toEqual([]);
  });

  it('a server that is gone is told as unreachable', async () => {
    const { remote, server, ask } = await open();
    await server.close();
    const { error } = await ask(remote(kind), request);
    expect(error).toMatchObject({ code: 'provider/unreachable', details: { mayBeBilled: false } });
  });

  it('content that may not leave is refused by the policy, with nothing sent', async () => {
    const { remote, server, ask } = await open();
    const { error } = await ask(remote(kind), request, { isLocalOnly: true });
    expect(error).toMatchObject({ code: 'egress/local-only', details: { mayBeBilled: false } });
    expect(server.requests).toEqual([]);
  });
});

it('no second request is made for an answer that the vendor would go on with', async () => {
  const { remote, server, ask } = await open();
  server.fail({ kind: 'ends-with', reason: 'continuation' });
  const { text, end, error } = await ask(remote('google'), request);
  expect(error).toBeNull();
  expect([text, end?.reason]).toEqual([question, 'length']);
  expect(server.requests).toHaveLength(1);
});

it('a gigabyte is left behind at the usual limits', async () => {
  const { remote, server, ask } = await open();
  server.fail({ kind: 'endless-comments', bytes: gigabyte });
  const before = process.memoryUsage().rss;
  const { error } = await ask(remote('openai-compatible'), request);
  expect(error?.code).toBe('provider/unexpected');
  await server.requests[0]?.ended;
  expect(server.requests[0]?.sentBytes).toBeLessThan(80_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
});
