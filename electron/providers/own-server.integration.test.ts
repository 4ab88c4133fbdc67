// "Your server" for real: llama.cpp's own server over the starter model, from the Python package `xllamacpp`. Where that
// package cannot be imported nothing is tried; PYTHON names an interpreter, PYTHONPATH the place of the package.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress } from '../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { buildRemote, readOutcome, usualSendOptions } from '../testing/fake-provider/remote-bench.ts';
import { starterModelPath } from '../testing/real-engine.ts';
import { createRemoteProvider } from './create-remote-provider.ts';
import type { RemoteRequest } from './remote-provider.ts';

const python = process.env['PYTHON'] ?? 'python3';
const program = `
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx = 1024
params.n_parallel = 1
params.hostnames = ["127.0.0.1"]
params.port = 0
params.api_keys = ["own-key"]
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
`;
const isThere = spawnSync(python, ['-c', 'import xllamacpp'], { stdio: 'ignore' }).status === 0;

const key = 'own-key';
const request: RemoteRequest = {
  turns: [
    { role: 'system', text: 'Answer briefly.' },
    { role: 'user', text: 'What is the capital of France?' },
  ],
  maxTokens: 12,
  temperature: 0,
};

describe.skipIf(!isThere)('a server of one’s own', () => {
  let child: ChildProcess;
  let address = '';
  beforeAll(async () => {
    const started = spawn(python, ['-c', program, starterModelPath], { stdio: ['pipe', 'pipe', 'ignore'] });
    child = started;
    const [line] = (await once(createInterface({ input: started.stdout }), 'line')) as [string]; // What readline gives.
    address = line;
  });
  afterAll(async () => {
    const closed = once(child, 'close');
    child.kill();
    await closed;
  });

  function open() {
    const outcomes = new Map<string, string>();
    const clock = createSystemClock();
    const policy = createSettingsEgressPolicy(
      async () => ({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' }),
      async () => [{ baseUrl: address, zone: 'own-server' }],
    );
    const ledger = {
      insert: async ({ id, outcome }: { readonly id: string; readonly outcome: string }) =>
        void outcomes.set(id, outcome),
      update: async (id: string, { outcome }: { readonly outcome?: string }) => {
        if (outcome !== undefined) outcomes.set(id, outcome);
      },
    };
    const provider = createRemoteProvider({ egress: createEgress({ policy, ledger, clock }), clock });
    return { provider, outcomes, remote: buildRemote('openai-compatible', `${address}/v1`, { zone: 'own-server' }) };
  }
  const never = new AbortController().signal;

  it('lists its model, answers in pieces with its usage, and answers twice the same', async () => {
    const { provider, remote, outcomes } = open();
    const [model] = await provider.listModels(remote, key, never);
    expect(model?.contextTokens).toBe(1_024);
    const captured = await provider.capture({ ...remote, modelName: model?.name ?? '' }, request);
    const ask = async () => await readOutcome(provider.send(captured, { ...usualSendOptions, key }, never));
    const first = await ask();
    expect(first.error).toBeNull();
    expect(first.text).not.toBe('');
    expect(first.end?.inputTokens).toBeGreaterThan(10);
    expect(first.end?.outputTokens).toBeLessThanOrEqual(12);
    const again = await ask();
    expect(again.text).toBe(first.text);
    expect(again.end?.reusedTokens).toBeGreaterThan(0);
    expect([...outcomes.values()]).toEqual(['completed', 'completed', 'completed']);
  });

  it('tells a wrong key, none, and a question that is too long', async () => {
    const { provider, remote } = open();
    const ask = async (asked: RemoteRequest, withKey: string | null) =>
      await readOutcome(
        provider.send(await provider.capture(remote, asked), { ...usualSendOptions, key: withKey }, never),
      );
    expect((await ask(request, 'other')).error?.code).toBe('provider/wrong-key');
    expect((await ask(request, null)).error?.code).toBe('provider/no-key');
    const long: RemoteRequest = { ...request, turns: [{ role: 'user', text: 'word '.repeat(3_000) }] };
    expect((await ask(long, key)).error?.code).toBe('provider/too-long');
  });
});
