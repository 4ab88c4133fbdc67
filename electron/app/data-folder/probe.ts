import { createConnection } from 'node:net';
import type { Announcement } from './announcement.ts';
import { FramedPort } from './framed-port.ts';
import { isNodeError } from '../../platform/node-error.ts';
import { greetingSchema } from './presence.ts';

/** How long a process may take to greet; a stopped one (in a debugger, under `kill -STOP`) never does. */
const greetingTimeoutMs = 3_000;

/** `dead`: nobody listens and nobody will. `port` is open, for whoever wants to stay; the rest closes it. */
export type ProbeResult =
  | { readonly state: 'dead' }
  | { readonly state: 'contending' }
  | { readonly state: 'owner'; readonly port: FramedPort }
  /** Somebody holds the address and does not answer. */
  | { readonly state: 'silent' };

/** Asks the process behind an announcement what it is. */
export async function probe({ address }: Announcement): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const socket = createConnection(address);
  const port = new FramedPort(socket);
  const deadline = setTimeout(() => resolve({ state: 'silent' }), greetingTimeoutMs);
  socket.once('error', (error) => {
    resolve({ state: isNodeError(error, 'ECONNREFUSED', 'ENOENT', 'ENOTSOCK') ? 'dead' : 'silent' });
  });
  void port.next().then((greeting) => resolve(resultOf(greeting, port)));
  const result = await promise;
  clearTimeout(deadline);
  if (result.state !== 'owner') port.close();
  return result;
}

function resultOf(message: string | null, port: FramedPort): ProbeResult {
  // It went while it was asked: the next look will tell.
  if (message === null) return { state: 'contending' };
  try {
    const { state } = greetingSchema.parse(JSON.parse(message));
    return state === 'owner' ? { state, port } : { state };
  } catch {
    return { state: 'silent' };
  }
}
