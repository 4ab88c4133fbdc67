import { open } from 'node:fs/promises';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What can go wrong with a body. `cut` and `reset` come after so many bytes, `stall` sends them and then nothing. */
export type HubFault =
  | { readonly kind: 'cut' | 'reset' | 'stall'; readonly afterBytes: number }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number }
  | { readonly kind: 'wrong-content-range' }
  | { readonly kind: 'whole-for-part' }
  | { readonly kind: 'changed-entity' }
  /** The rest of another file, as if the condition had not been read. */
  | { readonly kind: 'changed-part' }
  | { readonly kind: 'range-refused' }
  | { readonly kind: 'extra-bytes' }
  | { readonly kind: 'short-body' }
  | { readonly kind: 'wrong-bytes' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'redirect-to-http' }
  | { readonly kind: 'redirect-to-private' };

/** The bytes that were asked for. */
export type FaultyRange = {
  readonly file: { readonly filePath: string; readonly sizeBytes: number };
  readonly start: number;
  /** Included. */
  readonly end: number;
  readonly entityTag: string;
  readonly isPart: boolean;
};

async function bytesOf(path: string, start: number, length: number): Promise<Buffer> {
  await using file = await open(path);
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}

function headOf({ start, end, entityTag, isPart, file }: FaultyRange): OutgoingHttpHeaders {
  return {
    etag: entityTag,
    'content-length': end - start + 1,
    ...(isPart && { 'content-range': `bytes ${start}-${end}/${file.sizeBytes}` }),
  };
}

/** Does what the fault says instead of sending the range as it is; `onSent` counts bytes of the body. */
export async function sendFaulty(
  fault: HubFault,
  range: FaultyRange,
  response: ServerResponse,
  onSent: (bytes: number) => void,
): Promise<void> {
  const { file, start, end, isPart } = range;
  const length = end - start + 1;
  const status = isPart ? 206 : 200;
  const send = (bytes: Buffer, head: OutgoingHttpHeaders, code = status): void => {
    onSent(bytes.length);
    response.writeHead(code, head).end(bytes);
  };
  switch (fault.kind) {
    case 'cut':
    case 'reset':
    case 'stall': {
      const bytes = await bytesOf(file.filePath, start, Math.min(fault.afterBytes, length));
      onSent(bytes.length);
      response.writeHead(status, headOf(range));
      response.write(bytes, () => {
        if (fault.kind === 'cut') response.socket?.end();
        if (fault.kind === 'reset') response.socket?.resetAndDestroy();
      });
      return;
    }
    case 'server-error':
      response.writeHead(503).end('busy');
      return;
    case 'too-many-requests':
      response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds) }).end('slow down');
      return;
    case 'wrong-content-range': {
      const bytes = await bytesOf(file.filePath, start, Math.min(length, 65_536));
      const to = start + bytes.length;
      send(bytes, { etag: range.entityTag, 'content-range': `bytes ${start + 1}-${to}/${file.sizeBytes}` }, 206);
      return;
    }
    case 'whole-for-part':
      send(await bytesOf(file.filePath, 0, file.sizeBytes), { etag: range.entityTag }, 200);
      return;
    case 'changed-entity':
      send(await bytesOf(file.filePath, 0, file.sizeBytes), { etag: '"another"' }, 200);
      return;
    case 'changed-part':
      send(await bytesOf(file.filePath, start, length), { ...headOf(range), etag: '"another"' });
      return;
    case 'range-refused':
      response.writeHead(416, { 'content-range': `bytes */${file.sizeBytes}` }).end();
      return;
    case 'extra-bytes': {
      const bytes = Buffer.concat([
        await bytesOf(file.filePath, start, length),
        Buffer.from('more than was asked for'),
      ]);
      send(bytes, { ...headOf(range), 'content-length': bytes.length });
      return;
    }
    case 'short-body': {
      const bytes = await bytesOf(file.filePath, start, Math.floor(length / 2));
      send(bytes, { ...headOf(range), 'content-length': bytes.length });
      return;
    }
    case 'wrong-bytes': {
      const bytes = await bytesOf(file.filePath, start, length);
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      send(bytes, headOf(range));
      return;
    }
    case 'gzip': {
      const bytes = gzipSync(await bytesOf(file.filePath, start, Math.min(length, 1_000_000)), { level: 1 });
      send(bytes, { ...headOf(range), 'content-length': bytes.length, 'content-encoding': 'gzip' });
      return;
    }
    case 'redirect-to-http':
      response.writeHead(302, { location: 'http://example.org/model.gguf' }).end();
      return;
    case 'redirect-to-private':
      response.writeHead(302, { location: 'https://192.168.0.1/model.gguf' }).end();
      return;
  }
}
