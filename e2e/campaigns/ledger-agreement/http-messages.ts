/** An HTTP/1.1 message as it stood on a connection. */
export type HttpMessage = {
  /** First line of the head. */
  readonly startLine: string;
  /** Names in small letters and values, in turn. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Where it begins in what its end sent. */
  readonly offset: number;
  /** Without what cuts it into pieces. */
  readonly body: Buffer;
  /** False when the connection ended before the message did. */
  readonly isWhole: boolean;
};

type Head = Pick<HttpMessage, 'startLine' | 'headers'> & { readonly bytes: number };

function readHead(stream: Buffer, from: number): Head | null {
  const end = stream.indexOf('\r\n\r\n', from);
  if (end < 0) return null;
  const [startLine = '', ...lines] = stream.toString('latin1', from, end).split('\r\n');
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { startLine, headers: pairs, bytes: end + 4 - from };
}

type Body = { readonly body: Buffer; readonly end: number; readonly isWhole: boolean };

/** RFC 9112, section 7.1; trailers are not sent by anybody here. */
function readChunks(stream: Buffer, from: number): Body {
  const pieces: Buffer[] = [];
  let at = from;
  for (;;) {
    const lineEnd = stream.indexOf('\r\n', at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(stream.toString('latin1', at, lineEnd), 16);
    const begin = lineEnd + 2;
    if (size === 0) return { body: Buffer.concat(pieces), end: begin + 2, isWhole: stream.length >= begin + 2 };
    pieces.push(stream.subarray(begin, begin + size));
    at = begin + size + 2;
    if (at > stream.length) break;
  }
  return { body: Buffer.concat(pieces), end: stream.length, isWhole: false };
}

function readBody(stream: Buffer, from: number, all: Head['headers'], isUntilClose: boolean): Body {
  const headers = new Map(all);
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(stream, from);
  const length = headers.get('content-length');
  if (length === undefined) {
    const end = isUntilClose ? stream.length : from;
    return { body: stream.subarray(from, end), end, isWhole: true };
  }
  const end = Math.min(from + Number(length), stream.length);
  return { body: stream.subarray(from, end), end, isWhole: end - from === Number(length) };
}

/** The requests that one end of a connection sent, in turn. */
export function readRequests(stream: Buffer): readonly HttpMessage[] {
  const messages: HttpMessage[] = [];
  for (let at = 0; at < stream.length;) {
    const head = readHead(stream, at);
    if (head === null) break;
    const { body, end, isWhole } = readBody(stream, at + head.bytes, head.headers, false);
    const { startLine, headers } = head;
    messages.push({ startLine, headers, offset: at, body, isWhole });
    at = end;
  }
  return messages;
}

/** What the other end answered. `methods`: of the requests, in turn, since an answer to `HEAD` has no body. */
export function readResponses(stream: Buffer, methods: readonly string[]): readonly HttpMessage[] {
  const messages: HttpMessage[] = [];
  for (let at = 0; at < stream.length;) {
    const head = readHead(stream, at);
    if (head === null) break;
    const status = Number(head.startLine.split(' ')[1]);
    const isBare = status < 200 || status === 204 || status === 304 || methods[messages.length] === 'HEAD';
    const from = at + head.bytes;
    const read = isBare
      ? { body: Buffer.alloc(0), end: from, isWhole: true }
      : readBody(stream, from, head.headers, true);
    const { startLine, headers } = head;
    if (status >= 200) messages.push({ startLine, headers, offset: at, body: read.body, isWhole: read.isWhole });
    at = read.end;
  }
  return messages;
}
