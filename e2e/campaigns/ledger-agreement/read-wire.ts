import { readRequests, readResponses } from './http-messages.ts';
import type { HttpMessage } from './http-messages.ts';

/** One request and its answer, as they went through the kernel. */
export type WireExchange = {
  /** Line of the trace in which the request begins: exchanges of all connections in their order. */
  readonly line: number;
  readonly port: number;
  readonly method: string;
  readonly target: string;
  readonly headers: HttpMessage['headers'];
  readonly requestBody: Buffer;
  /** Null when nothing came back. */
  readonly status: number | null;
  /** Of the answer's body that arrived, without what cuts it into pieces. */
  readonly receivedBytes: number;
  /** False when the connection ended before the answer did. */
  readonly isWhole: boolean;
};

/** What a trace shows: exchanges as they began, and connections that led anywhere else. */
export type Wire = { readonly exchanges: readonly WireExchange[]; readonly elsewhere: readonly string[] };

type Piece = { readonly line: number; readonly bytes: Buffer };
type Connection = { readonly port: number; readonly sent: Piece[]; readonly received: Piece[] };

const joined = (pieces: readonly Piece[]): Buffer => Buffer.concat(pieces.map(({ bytes }) => bytes));

function lineAt(pieces: readonly Piece[], offset: number): number {
  let before = 0;
  for (const { line, bytes } of pieces) {
    before += bytes.length;
    if (before > offset) return line;
  }
  return Infinity;
}

const sending: readonly string[] = ['write', 'writev', 'sendto', 'sendmsg'];
const receiving: readonly string[] = ['read', 'readv', 'recvfrom', 'recvmsg'];

/**
 * Options of strace that `readWire` reads the output of. `-f` so that no thread and no process is left out, `-xx` so that
 * every byte is written in the same way, and strings longer than any read.
 */
export const wireTraceOptions = [
  '-f',
  '-qq',
  '-xx',
  '-s',
  '4194304',
  '--seccomp-bpf',
  '-e',
  `trace=connect,close,${[...sending, ...receiving].join(',')}`,
] as const;

/** Bytes of a call, from all the strings in it, as many as it says were taken or given. */
function bytesOf(parameters: string, count: number): Buffer {
  if (/"\.\.\./.test(parameters)) throw new Error('The trace is cut: strings are longer than strace was told.');
  const hex = [...parameters.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => text.replaceAll('\\x', ''));
  return Buffer.from(hex.join(''), 'hex').subarray(0, count);
}

/** Puts the halves of a call together that another thread's came between; each thread has one at a time. */
function joinHalves(): (line: string) => string | null {
  const begun = new Map<string, string>();
  return (line) => {
    const thread = /^\d*/.exec(line)?.[0] ?? '';
    if (line.endsWith(' <unfinished ...>')) {
      begun.set(thread, line.slice(0, -' <unfinished ...>'.length));
      return null;
    }
    const resumed = /^\d*\s*<\.\.\. \w+ resumed>(.*)$/s.exec(line);
    return resumed === null ? line : `${begun.get(thread) ?? ''}${resumed[1] ?? ''}`;
  };
}

function exchangesOf({ port, sent, received }: Connection): readonly WireExchange[] {
  const requests = readRequests(joined(sent));
  const methods = requests.map(({ startLine }) => startLine.split(' ')[0] ?? '');
  const responses = readResponses(joined(received), methods);
  return requests.map(({ startLine, headers, offset, body }, index) => {
    const response = responses[index];
    const [method = '', target = ''] = startLine.split(' ');
    return {
      line: lineAt(sent, offset),
      port,
      method,
      target,
      headers,
      requestBody: body,
      status: response === undefined ? null : Number(response.startLine.split(' ')[1]),
      receivedBytes: response?.body.length ?? 0,
      isWhole: response?.isWhole ?? false,
    };
  });
}

/**
 * Reads what strace wrote with `wireTraceOptions`: every connection by TCP to one of `ports` of this machine becomes its
 * exchanges; one to anywhere else is told. Throws for a trace that is cut.
 */
export function readWire(trace: string, ports: ReadonlySet<number>): Wire {
  const join = joinHalves();
  const open = new Map<string, Connection>();
  const connections: Connection[] = [];
  const elsewhere: string[] = [];
  for (const [number, written] of trace.split('\n').entries()) {
    const line = join(written);
    const call = line === null ? null : /^(\d*)\s*(\w+)\((\d+)(.*)\)\s+= (-?\d+)/s.exec(line);
    if (line === null || call === null) continue;
    const [, thread = '', name = '', socket = '', parameters = '', result = ''] = call;
    // A connection is made, used and closed by one thread of a process, the one of its event loop.
    const key = `${thread} ${socket}`;
    if (name === 'connect') {
      open.delete(key);
      if (!/sa_family=AF_INET6?\b/.test(parameters)) continue;
      const port = Number(/sin6?_port=htons\((\d+)\)/.exec(parameters)?.[1]);
      const connection = { port, sent: [], received: [] };
      if (!ports.has(port)) elsewhere.push(line);
      open.set(key, connection);
      connections.push(connection);
    } else if (name === 'close') open.delete(key);
    else if (Number(result) > 0) {
      const connection = open.get(key);
      if (connection === undefined) continue;
      const piece = { line: number, bytes: bytesOf(parameters, Number(result)) };
      (sending.includes(name) ? connection.sent : connection.received).push(piece);
    }
  }
  const exchanges = connections.flatMap(exchangesOf).sort((one, other) => one.line - other.line);
  return { exchanges, elsewhere };
}
