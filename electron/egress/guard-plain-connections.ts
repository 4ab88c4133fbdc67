import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { z } from 'zod';
import { isNearAddress } from './near-address.ts';

/** Published by the runtime's `fetch` when a connection stands, before anything is written to it. */
const connected = 'undici:client:connected';

const connectionSchema = z.object({
  connectParams: z.object({ protocol: z.string() }),
  socket: z.instanceof(Socket),
});

/** A name of one's own network led out of it. */
class LeftNetworkError extends Error {
  override readonly name = 'LeftNetworkError';
}

function endUnlessNear(message: unknown): void {
  const connection = connectionSchema.safeParse(message);
  if (!connection.success || connection.data.connectParams.protocol !== 'http:') return;
  const { socket } = connection.data;
  // One that is gone again has no address, and takes nothing.
  if (socket.remoteAddress === undefined || isNearAddress(socket.remoteAddress)) return;
  socket.destroy(new LeftNetworkError('Nothing is sent without encryption to an address beyond the own network.'));
}

/**
 * Ends every connection of this process's `fetch` that is not encrypted and has an address of the internet at its other end,
 * before a byte is written. A name is allowed by how it looks (`nas`, `nas.local`); what it leads to is known only when the
 * connection stands, and may be another place each time (DNS rebinding, a search domain, a network of somebody else's).
 */
export function guardPlainConnections(): void {
  // Once is enough, however often it is asked for.
  unsubscribe(connected, endUnlessNear);
  subscribe(connected, endUnlessNear);
}

/** Whether that is what a request failed of. */
export function hasLeftNetwork(error: unknown): boolean {
  return error instanceof Error && (error instanceof LeftNetworkError || hasLeftNetwork(error.cause));
}
