import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendFaulty } from './hub-server-faults.ts';
import type { HubFault } from './hub-server-faults.ts';

/** A file of the hub as the server knows it. */
export type ServedFile = {
  readonly repository: string;
  /** In the repository, with forward slashes. */
  readonly path: string;
  readonly filePath: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

/** What a request for bytes was, for the tests. */
export type ServedRange = {
  readonly path: string;
  readonly start: number;
  readonly authorization: string | null;
  /** Bytes of the body that were sent, faults included. */
  sentBytes: number;
};

/** A hub on this machine. */
export type HubServer = {
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  /** Requests for bytes, oldest first. */
  readonly ranges: readonly ServedRange[];
  /** Requests for anything, as method and address. */
  readonly requests: readonly string[];
  /** What the next requests for bytes do instead of what they should, first one first. */
  fail(...faults: readonly HubFault[]): void;
  /** Repositories that only this token may have. */
  gate(repository: string, token: string): void;
  /** Bytes a second of each body; null, the default, is as fast as it goes. */
  setRate(bytesPerSecond: number | null): void;
  /** Another entity tag from now on, as if the file had been replaced. */
  changeEntity(): void;
  close(): Promise<void>;
};

const revision = 'c'.repeat(40);

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // A stream without an encoding yields buffers.
  return hash.digest('hex');
}

/** The files of `folder/publisher/name/…`, as repositories. */
async function readRepositories(folder: string): Promise<readonly ServedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry): Promise<readonly ServedFile[]> => {
      const filePath = join(entry.parentPath, entry.name);
      const found = await stat(filePath);
      const [publisher, name, ...path] = relative(folder, filePath).split(sep);
      if (!found.isFile() || publisher === undefined || name === undefined || path.length === 0) return [];
      const sha256 = await sha256Of(filePath);
      return [{ repository: `${publisher}/${name}`, path: path.join('/'), filePath, sizeBytes: found.size, sha256 }];
    }),
  );
  return files.flat();
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/**
 * Serves the repositories of a folder (`publisher/name/file.gguf`) as the hub does: search, repositories with sizes and
 * digests, and bytes by range behind a redirect within the host. Faults come when a test asks for them.
 */
export async function startHubServer(folder: string, port = 0): Promise<HubServer> {
  const files = await readRepositories(folder);
  const hub = new ServedHub(files);
  const server: Server = createServer((request, response) => {
    hub.answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    ranges: hub.ranges,
    requests: hub.requests,
    fail: (...faults) => void hub.faults.push(...faults),
    gate: (repository, token) => void hub.gates.set(repository, token),
    setRate: (bytesPerSecond) => void (hub.bytesPerSecond = bytesPerSecond),
    changeEntity: () => void (hub.entity += 1),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

class ServedHub {
  readonly ranges: ServedRange[] = [];
  readonly requests: string[] = [];
  readonly faults: HubFault[] = [];
  readonly gates = new Map<string, string>();
  bytesPerSecond: number | null = null;
  entity = 1;
  readonly #files: readonly ServedFile[];

  constructor(files: readonly ServedFile[]) {
    this.#files = files;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const url = new URL(request.url ?? '/', 'http://hub');
    const path = decodeURIComponent(url.pathname);
    const repository = /^\/(?:api\/models\/|stored\/)?([^/]+\/[^/]+)/.exec(path)?.[1] ?? '';
    if (path === '/api/models') return this.#search(url, response);
    if (!this.#files.some((file) => file.repository === repository)) {
      sendJson(response, 404, { error: 'Repository not found' }, { 'x-error-code': 'RepoNotFound' });
      return;
    }
    if (path.startsWith('/api/models/')) return this.#describe(repository, response);
    const isStored = path.startsWith('/stored/');
    const token = this.gates.get(repository);
    // The store behind the redirect is asked without a token: the address itself is the permission.
    if (!isStored && token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      const hasToken = request.headers.authorization !== undefined;
      const code = hasToken ? undefined : { 'x-error-code': 'GatedRepo' };
      return sendJson(response, 401, { error: hasToken ? 'Invalid credentials' : 'Access is restricted' }, code);
    }
    const [, found] = /^\/(?:stored\/)?[^/]+\/[^/]+\/(?:resolve\/[^/]+\/)?(.+)$/.exec(path) ?? [];
    const file = this.#files.find((one) => one.repository === repository && one.path === found);
    if (file === undefined) {
      return sendJson(response, 404, { error: 'Entry not found' }, { 'x-error-code': 'EntryNotFound' });
    }
    if (!isStored) {
      const location = `/stored/${repository}/${encodeURIComponent(file.path)}`;
      response.writeHead(302, { location, 'x-linked-size': file.sizeBytes, 'x-linked-etag': `"${file.sha256}"` }).end();
      return;
    }
    await this.#sendBytes(file, request, response);
  }

  #search({ searchParams }: URL, response: ServerResponse): void {
    const words = (searchParams.get('search') ?? '').toLowerCase();
    const names = [...new Set(this.#files.map(({ repository }) => repository))];
    const found = names.filter((name) => name.toLowerCase().includes(words));
    sendJson(
      response,
      200,
      found.map((id, index) => ({
        id,
        downloads: 1_000 - index,
        likes: 10,
        tags: ['gguf', 'license:apache-2.0'],
        gated: this.gates.has(id) ? 'manual' : false,
        lastModified: '2026-01-02T03:04:05.000Z',
      })),
    );
  }

  #describe(repository: string, response: ServerResponse): void {
    const siblings = this.#files
      .filter((file) => file.repository === repository)
      .map(({ path, sizeBytes, sha256 }) => ({
        rfilename: path,
        size: sizeBytes,
        lfs: { sha256, size: sizeBytes, pointerSize: 134 },
      }));
    const gated = this.gates.has(repository) ? 'manual' : false;
    sendJson(response, 200, { id: repository, sha: revision, gated, tags: ['gguf', 'license:apache-2.0'], siblings });
  }

  async #sendBytes(file: ServedFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { sizeBytes } = file;
    const entityTag = `"${file.sha256}-${this.entity}"`;
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const condition = request.headers['if-range'];
    const isPart = request.headers.range !== undefined && (condition === undefined || condition === entityTag);
    const start = isPart ? Number(from) : 0;
    const end = isPart && to !== '' ? Math.min(Number(to), sizeBytes - 1) : sizeBytes - 1;
    const served: ServedRange = {
      path: file.path,
      start,
      authorization: request.headers.authorization ?? null,
      sentBytes: 0,
    };
    this.ranges.push(served);
    if (start >= sizeBytes) {
      response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
      return;
    }
    const range = { file, start, end, entityTag, isPart };
    const fault = this.faults.shift();
    if (fault !== undefined) return sendFaulty(fault, range, response, (bytes) => (served.sentBytes += bytes));
    response.writeHead(isPart ? 206 : 200, {
      etag: entityTag,
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(isPart && { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
    });
    await pipeline(createReadStream(file.filePath, { start, end }), this.#paced(served), response).catch(
      () => undefined,
    );
  }

  /** Counts what is sent, and holds it back to the rate. */
  #paced(served: ServedRange) {
    const rate = (): number | null => this.bytesPerSecond;
    return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        const bytesPerSecond = rate();
        const wait = bytesPerSecond === null ? 0 : (chunk.length / bytesPerSecond) * 1_000;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        served.sentBytes += chunk.length;
        yield chunk;
      }
    };
  }
}
