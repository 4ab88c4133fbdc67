import type { ServerResponse } from 'node:http';
import type { AnswerWriter, FakeEnd } from './answer-writer.ts';
import type { FakeRefusalKind } from './refusals.ts';

/** What the next answer does instead of what it should. */
export type FakeProviderFault =
  | { readonly kind: FakeRefusalKind; readonly retryAfterSeconds?: number }
  /** After so many pieces of the answer: a clean end without a last part, a broken connection, or nothing any more. */
  | { readonly kind: 'no-end' | 'reset' | 'stall'; readonly afterPieces: number }
  /** Takes the request and says nothing at all. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'redirect'; readonly to: string }
  /** 200 and something that is no stream of events, or one without any. */
  | { readonly kind: 'html' | 'html-as-events' | 'json' | 'wrong-events' | 'other-events' | 'empty' }
  /** Bytes without an end: text, one line, comments, or the body of an error. */
  | { readonly kind: 'endless-text' | 'endless-line' | 'endless-comments' | 'endless-error'; readonly bytes: number }
  /** A comment each so many milliseconds, for as long as somebody reads. */
  | { readonly kind: 'slow-drip'; readonly everyMs: number }
  | { readonly kind: 'error-event'; readonly afterPieces: number; readonly message: string }
  | { readonly kind: 'tool-calls' | 'hostile-bytes' | 'lone-surrogates' | 'no-usage' }
  | { readonly kind: 'ends-with'; readonly reason: FakeEnd }
  /** Only so many pieces, and then a call that the vendor's interface would have continued. */
  | { readonly kind: 'many-pieces'; readonly pieces: number };

/** The faults that spoil an answer which is otherwise written as it should be. */
export type AnswerFault = Extract<
  FakeProviderFault,
  {
    readonly kind:
      | 'no-end'
      | 'reset'
      | 'stall'
      | 'error-event'
      | 'tool-calls'
      | 'hostile-bytes'
      | 'lone-surrogates'
      | 'no-usage'
      | 'ends-with'
      | 'many-pieces';
  }
>;

/** Writes, and waits while the reader does not keep up. False once nobody reads any more. */
export async function writeBytes(response: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(bytes)) {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  return !response.destroyed;
}

async function writeEndless(
  response: ServerResponse,
  piece: Buffer,
  bytes: number,
  onSent: (bytes: number) => void,
): Promise<void> {
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!(await writeBytes(response, piece))) return;
    onSent(piece.length);
  }
  response.end();
}

async function drip(response: ServerResponse, everyMs: number, onSent: (bytes: number) => void): Promise<void> {
  const piece = Buffer.from(': wait\n\n');
  while (await writeBytes(response, piece)) {
    onSent(piece.length);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

const html = '<!doctype html><html><body><h1>Sign in to this network</h1></body></html>';
const events = { 'content-type': 'text/event-stream' };

const wholeBodies = {
  html: { type: 'text/html', body: html },
  'html-as-events': { type: 'text/event-stream', body: html },
  json: { type: 'application/json', body: '{"answer":"not streamed"}' },
  'wrong-events': { type: 'text/event-stream', body: 'data: {"choices": [ {"delta"\n\ndata: nothing\n\n' },
  'other-events': { type: 'text/event-stream', body: 'data: {"safety":"overloaded","x":[1]}\n\ndata: 7\n\n' },
  empty: { type: 'text/event-stream', body: '' },
} as const;

/** An answer that is wrong from its first byte. `onSent` counts bytes of the body. */
export async function sendFault(
  fault: Exclude<FakeProviderFault, AnswerFault | { readonly kind: FakeRefusalKind }>,
  writer: AnswerWriter,
  response: ServerResponse,
  onSent: (bytes: number) => void,
): Promise<void> {
  const filler = 'x'.repeat(64 * 1024);
  switch (fault.kind) {
    case 'silent':
      return;
    case 'redirect':
      response.writeHead(307, { location: fault.to }).end();
      return;
    case 'endless-text':
      response.writeHead(200, events);
      return await writeEndless(response, Buffer.from(writer.text(filler)), fault.bytes, onSent);
    case 'endless-line':
      response.writeHead(200, events);
      response.write('data: ');
      return await writeEndless(response, Buffer.from(filler), fault.bytes, onSent);
    case 'endless-comments':
      response.writeHead(200, events);
      return await writeEndless(response, Buffer.from(': still here\n\n'.repeat(4_096)), fault.bytes, onSent);
    case 'endless-error':
      response.writeHead(500, { 'content-type': 'text/plain' });
      return await writeEndless(response, Buffer.from(filler), fault.bytes, onSent);
    case 'slow-drip':
      response.writeHead(200, events);
      return await drip(response, fault.everyMs, onSent);
    default: {
      const { type, body } = wholeBodies[fault.kind];
      onSent(Buffer.byteLength(body));
      response.writeHead(200, { 'content-type': type }).end(body);
    }
  }
}

/** Bytes that are no UTF-8 and characters that steer a terminal, in the middle of an event's text. */
export function hostileEvent(writer: AnswerWriter): Buffer {
  const [before = '', after = ''] = writer.text('\u202eevil \u001b]0;title\u0007 MARK').split('MARK');
  return Buffer.concat([
    Buffer.from(before),
    Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
    Buffer.from(after),
  ]);
}
