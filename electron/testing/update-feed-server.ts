import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedMark } from '../services/updates/signed-feed.ts';
import type { UpdateFeed, UpdatePackage } from '../shared/update.ts';

/** A key pair as releases are signed with. */
export type UpdateKeys = {
  /** DER in base64, as it stands in the app. */
  readonly publicKey: string;
  /** A feed of this text, as it stands on the web. */
  signed(payload: string): Buffer;
};

/** New keys. */
export function createUpdateKeys(): UpdateKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    signed: (payload) => {
      const bytes = Buffer.from(payload);
      return Buffer.concat([Buffer.from(`${feedMark}${sign(null, bytes, privateKey).toString('base64')}\n`), bytes]);
    },
  };
}

/** What the next answer for a package does instead of what it should. */
export type UpdateFault =
  | { readonly kind: 'cut' | 'stall'; readonly afterBytes: number }
  | { readonly kind: 'whole-for-part' | 'other-part' | 'extra-bytes' | 'short' | 'html' | 'server-error' }
  | { readonly kind: 'redirect'; readonly to: string };

/** A place for updates on this machine. */
export type UpdateFeedServer = {
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  /** Method, path and `range` of each request, and every header that is not of the transport. */
  readonly requests: readonly {
    readonly path: string;
    readonly range: string | null;
    readonly headers: IncomingMessage['headers'];
  }[];
  /** What is answered for the feed. */
  setFeed(bytes: Uint8Array | { readonly status: number; readonly location?: string } | 'endless' | 'silent'): void;
  setPackage(name: string, bytes: Uint8Array): void;
  fail(...faults: readonly UpdateFault[]): void;
  /** Bytes of a package's body in one piece, with a turn between them; null, the default, is all at once. */
  setPace(bytes: number | null): void;
  close(): Promise<void>;
};

/** A feed for one package, with what a test wants otherwise. */
export function describeRelease(bytes: Uint8Array, change: Partial<UpdateFeed & UpdatePackage> = {}): UpdateFeed {
  const { version = '0.2.0', rolloutPercent = 100, notes = 'Faster.', packages, ...rest } = change;
  const wanted: UpdatePackage = {
    kind: 'appimage',
    architecture: 'x64',
    name: `Sotto-${version}-x64.AppImage`,
    sizeBytes: bytes.length,
    sha512: createHash('sha512').update(bytes).digest('hex'),
    ...rest,
  };
  return { format: 1, version, rolloutPercent, notes, packages: packages ?? [wanted] };
}

/** Serves `feed.txt` and packages by range, and misbehaves when a test says so. */
export async function startUpdateFeedServer(): Promise<UpdateFeedServer> {
  const served = new ServedUpdates();
  const server = createServer((request, response) => {
    served.answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A TCP server that listens has an address of this shape.
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: served.requests,
    setFeed: (feed) => void (served.feed = feed),
    setPackage: (name, bytes) => void served.packages.set(name, Buffer.from(bytes)),
    fail: (...faults) => void served.faults.push(...faults),
    setPace: (bytes) => void (served.paceBytes = bytes),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

class ServedUpdates {
  readonly requests: { path: string; range: string | null; headers: IncomingMessage['headers'] }[] = [];
  readonly faults: UpdateFault[] = [];
  readonly packages = new Map<string, Buffer>();
  feed: Parameters<UpdateFeedServer['setFeed']>[0] = { status: 404 };
  paceBytes: number | null = null;

  async answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const range = headers.range ?? null;
    this.requests.push({ path: url, range, headers });
    if (url === '/feed.txt') return await this.#sendFeed(response);
    const bytes = this.packages.get(url.slice(1));
    if (bytes === undefined) return void response.writeHead(404).end('not here');
    const [, from = '0'] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
    await this.#sendPackage(bytes, Number(from), range !== null, response);
  }

  async #sendFeed(response: ServerResponse): Promise<void> {
    const { feed } = this;
    if (feed === 'silent') return;
    if (feed === 'endless') {
      response.writeHead(200);
      // 1 GB, as long as somebody reads it.
      for (let piece = 0; piece < 1_000 && !response.destroyed; piece += 1) {
        if (!response.write(Buffer.alloc(1_000_000, 0x20))) {
          await new Promise((resolve) => void response.once('drain', resolve).once('close', resolve));
        }
      }
      return void response.end();
    }
    if (feed instanceof Uint8Array) return void response.writeHead(200).end(feed);
    response
      .writeHead(feed.status, feed.location === undefined ? {} : { location: feed.location })
      .end('<html></html>');
  }

  async #sendPackage(bytes: Buffer, start: number, isPart: boolean, response: ServerResponse): Promise<void> {
    const fault = this.faults.shift();
    const rest = bytes.subarray(start);
    const head = {
      'content-length': rest.length,
      'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    };
    const status = isPart ? 206 : 200;
    switch (fault?.kind) {
      case 'cut':
      case 'stall':
        response.writeHead(status, head);
        response.write(rest.subarray(0, fault.afterBytes), () => {
          if (fault.kind === 'cut') response.destroy();
        });
        return;
      case 'whole-for-part':
        return void response.writeHead(200).end(bytes);
      case 'other-part':
        return void response
          .writeHead(206, { 'content-range': `bytes 7-9/${bytes.length}` })
          .end(bytes.subarray(7, 10));
      case 'extra-bytes':
        return void response
          .writeHead(status, { 'content-range': head['content-range'] })
          .end(Buffer.concat([rest, bytes]));
      case 'short':
        return void response.writeHead(status, { ...head, 'content-length': 10 }).end(rest.subarray(0, 10));
      case 'html':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
      case 'server-error':
        return void response.writeHead(503).end('busy');
      case 'redirect':
        return void response.writeHead(302, { location: fault.to }).end();
      case undefined:
        response.writeHead(status, head);
        await this.#sendPaced(rest, response);
    }
  }

  async #sendPaced(bytes: Buffer, response: ServerResponse): Promise<void> {
    for (let at = 0; at < bytes.length && !response.destroyed;) {
      const piece = bytes.subarray(at, at + (this.paceBytes ?? bytes.length));
      at += piece.length;
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end();
  }
}
