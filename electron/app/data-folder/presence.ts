import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { z } from 'zod';
import { removeAnnouncement, writeAnnouncement, type Announcement } from './announcement.ts';
import { FramedPort } from './framed-port.ts';
import { socketAddress } from './socket-address.ts';

/** First message of a process to whoever connects: `contending` while it does not know yet whether the folder is its own. */
export const greetingSchema = z.object({ state: z.enum(['contending', 'owner']), pid: z.int().positive() }).readonly();
export type Greeting = z.infer<typeof greetingSchema>;

/** One process at a data folder: it listens, and has written down where. */
export class Presence {
  readonly announcement: Announcement;
  readonly #folder: string;
  readonly #server: Server;
  readonly #connections = new Set<FramedPort>();
  readonly #waiting = new Set<FramedPort>();
  #state: Greeting['state'] = 'contending';
  #accept: ((port: FramedPort) => void) | null = null;

  private constructor(folder: string, announcement: Announcement, server: Server) {
    this.#folder = folder;
    this.announcement = announcement;
    this.#server = server;
    server.on('connection', (socket) => this.#greet(new FramedPort(socket)));
  }

  /** Listens first and announces then, so that whoever reads the announcement reaches somebody. */
  static async announce(folder: string, operatingSystem: NodeJS.Platform): Promise<Presence> {
    const name = randomBytes(12).toString('hex');
    const { server, address } = await listen({ folder, operatingSystem, name });
    const presence = new Presence(folder, { name, pid: process.pid, address }, server);
    try {
      await writeAnnouncement(folder, presence.announcement);
    } catch (error) {
      await presence.withdraw();
      throw error;
    }
    return presence;
  }

  own(): void {
    this.#state = 'owner';
  }

  /** Hands every connection to `accept`, those included that came before. */
  serve(accept: (port: FramedPort) => void): void {
    this.#accept = accept;
    for (const port of this.#waiting) accept(port);
    this.#waiting.clear();
  }

  async withdraw(): Promise<void> {
    await removeAnnouncement(this.#folder, this.announcement);
    for (const port of this.#connections) port.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #greet(port: FramedPort): void {
    this.#connections.add(port);
    port.on('close', () => {
      this.#connections.delete(port);
      this.#waiting.delete(port);
    });
    const greeting: Greeting = { state: this.#state, pid: process.pid };
    port.postMessage(JSON.stringify(greeting));
    if (this.#state === 'contending') port.end();
    else if (this.#accept === null) this.#waiting.add(port);
    else this.#accept(port);
  }
}

async function listen(place: { folder: string; operatingSystem: NodeJS.Platform; name: string }) {
  const server = createServer();
  const beside = await socketAddress(place, false);
  try {
    return { server, address: await listenAt(server, beside) };
  } catch (error) {
    // Some disks (network shares, foreign file systems) hold no sockets.
    const elsewhere = await socketAddress(place, true);
    if (elsewhere === beside) throw error;
    return { server, address: await listenAt(server, elsewhere) };
  }
}

async function listenAt(server: Server, address: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(address, () => resolve(undefined));
  await promise;
  server.off('error', reject);
  if (!address.startsWith('\\\\')) await chmod(address, 0o600);
  return address;
}
