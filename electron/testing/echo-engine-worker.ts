import { z } from 'zod';
import { findParentPort } from '../inference/worker/parent-port.ts';

/** What the contract suite of the launchers asks of the process that it starts. */
const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('echo'), value: z.unknown() }),
  z.object({ type: z.literal('environment') }),
  z.object({ type: z.literal('spin') }),
  z.object({ type: z.literal('exit'), code: z.int() }),
]);

const port = findParentPort();
port.onMessage((message) => {
  const request = requestSchema.parse(message);
  if (request.type === 'echo') port.send(request.value, () => undefined);
  if (request.type === 'environment') port.send(Object.keys(process.env), () => undefined);
  if (request.type === 'exit') process.exit(request.code);
  // Like native code that never comes back: no message is heard any more.
  while (request.type === 'spin');
});
port.onClose(() => process.exit(0));
