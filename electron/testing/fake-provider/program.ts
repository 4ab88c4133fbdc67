// A program for tests: large models elsewhere, in a process of their own. The argument, if any, is its options as JSON. The
// first line of its output is its address, every other one a request that is over, as JSON. Each line of its input is an order.
// It ends when its input does.
import { createInterface } from 'node:readline';
import { startFakeProvider } from '../fake-provider-server.ts';
import type { FakeProviderOptions } from '../fake-provider-server.ts';
import { toLoggedLine } from './spawn-fake-provider.ts';
import type { FakeProviderOrder } from './spawn-fake-provider.ts';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const options = JSON.parse(process.argv[2] ?? '{}') as FakeProviderOptions; // Only tests start it.
const server = await startFakeProvider({ ...options, onEnd: (request) => write(toLoggedLine(request)) });
write(server.address);
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as FakeProviderOrder; // Only tests write here.
  if ('fail' in order) server.fail(...order.fail);
  if ('key' in order) server.setKey(order.key);
  if ('answer' in order) server.answer(() => order.answer);
}
await server.close();
