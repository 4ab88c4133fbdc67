import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RemoteKind } from '../../shared/remote.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { createAnswerWriter } from './answer-writer.ts';
import type { AnswerWriter, FakeUsage } from './answer-writer.ts';
import { keyOf, kindOfPath, readAsked } from './asked.ts';
import type { FakeAsked } from './asked.ts';
import { hostileEvent, sendFault, writeBytes } from './faults.ts';
import type { AnswerFault, FakeProviderFault } from './faults.ts';
import { modelListOf } from './model-lists.ts';
import { refusalOf } from './refusals.ts';
import type { FakeRefusalKind } from './refusals.ts';

/** What is said: text, with thoughts before it. */
export type FakeAnswer = string | { readonly text: string; readonly reasoning?: string };

/** A request as it came, byte for byte. */
export type FakeProviderRequest = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null for an address that belongs to no interface. */
  readonly kind: RemoteKind | null;
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Status of the answer; null while there is none. */
  status: number | null;
  /** Bytes of the answer's body that were handed to the connection. */
  sentBytes: number;
  /** `left`: the other end broke off before the answer was whole. */
  end: 'open' | 'complete' | 'left';
  /** Resolves when `end` is no longer `open`. */
  readonly ended: Promise<void>;
};

const refusals: readonly string[] = [
  'wrong-key',
  'no-credit',
  'forbidden',
  'unknown-model',
  'invalid',
  'too-long',
  'too-large',
  'rate-limit',
  'server-error',
  'bad-gateway',
  'overloaded',
] satisfies readonly FakeRefusalKind[];

const answerFaults: readonly string[] = [
  'no-end',
  'reset',
  'stall',
  'error-event',
  'tool-calls',
  'hostile-bytes',
  'lone-surrogates',
  'no-usage',
  'ends-with',
  'many-pieces',
] satisfies readonly AnswerFault['kind'][];

type RefusalFault = Extract<FakeProviderFault, { readonly kind: FakeRefusalKind }>;

const isRefusal = (fault: FakeProviderFault): fault is RefusalFault => refusals.includes(fault.kind);
const isAnswerFault = (fault: FakeProviderFault): fault is AnswerFault => answerFaults.includes(fault.kind);

/** A rough count: four characters a token, as vendors say of English. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4);

type ServedOptions = {
  readonly key: string | null;
  readonly seed: number;
  readonly models: readonly string[];
  readonly contextTokens: number;
  readonly paceMs: number;
  readonly onEnd: (request: FakeProviderRequest) => void;
};

/** Answers requests and keeps what came. */
export class ServedAnswers {
  readonly requests: FakeProviderRequest[] = [];
  readonly faults: FakeProviderFault[] = [];
  key: string | null;
  say: (asked: FakeAsked) => FakeAnswer = ({ turns }) => turns.at(-1)?.text ?? '';
  readonly #options: ServedOptions;
  readonly #random: () => number;

  constructor(options: ServedOptions) {
    this.#options = options;
    this.key = options.key;
    this.#random = createSeededRandom(options.seed);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/', rawHeaders, headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // A stream without an encoding yields buffers.
    const kind = kindOfPath(url);
    const ended = Promise.withResolvers<void>();
    const entry: FakeProviderRequest = {
      at: Date.now(),
      kind,
      method,
      url,
      rawHeaders,
      body: Buffer.concat(chunks),
      status: null,
      sentBytes: 0,
      end: 'open',
      ended: ended.promise,
    };
    this.requests.push(entry);
    response.once('close', () => {
      entry.end = response.writableFinished ? 'complete' : 'left';
      entry.status = response.headersSent ? response.statusCode : null;
      ended.resolve();
      this.#options.onEnd(entry);
    });
    await this.#answer(entry, headers, response);
  }

  async #answer(entry: FakeProviderRequest, headers: IncomingMessage['headers'], response: ServerResponse) {
    const { kind, url, method } = entry;
    if (kind === null) return this.#send(entry, response, 404, 'There is nothing here.');
    const fault = this.faults.shift();
    if (fault !== undefined && isRefusal(fault)) return this.#refuse(entry, kind, fault, response);
    if (fault !== undefined && !isAnswerFault(fault)) {
      const writer = createAnswerWriter(kind, 'large');
      return await sendFault(fault, writer, response, (bytes) => void (entry.sentBytes += bytes));
    }
    if (this.key !== null && keyOf(kind, headers) !== this.key) {
      return this.#refuse(entry, kind, { kind: 'wrong-key' }, response);
    }
    const list = method === 'GET' ? modelListOf(kind, url, this.#options) : null;
    if (list !== null) return this.#send(entry, response, 200, JSON.stringify(list));
    try {
      const asked = readAsked(kind, url, entry.body.toString());
      if (!this.#options.models.includes(asked.modelName)) throw new RangeError(asked.modelName);
      await this.#stream(entry, asked, fault, response);
    } catch (error) {
      const reason = error instanceof RangeError ? 'unknown-model' : 'invalid';
      this.#refuse(entry, kind, { kind: reason }, response);
    }
  }

  #send(entry: FakeProviderRequest, response: ServerResponse, status: number, body: string, headers = {}): void {
    entry.sentBytes += Buffer.byteLength(body);
    const type = body.startsWith('{') ? 'application/json' : 'text/plain';
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  }

  #refuse(entry: FakeProviderRequest, kind: RemoteKind, fault: RefusalFault, response: ServerResponse): void {
    const { retryAfterSeconds = null } = fault;
    const { status, body } = refusalOf(kind, fault.kind, retryAfterSeconds);
    // Google says when to come back in the body and nowhere else.
    const hasHeader = retryAfterSeconds !== null && kind !== 'google';
    this.#send(entry, response, status, body, hasHeader ? { 'retry-after': String(retryAfterSeconds) } : {});
  }

  async #stream(
    entry: FakeProviderRequest,
    asked: FakeAsked,
    fault: AnswerFault | undefined,
    response: ServerResponse,
  ) {
    const answer = this.say(asked);
    const { text, reasoning = '' } = typeof answer === 'string' ? { text: answer } : answer;
    const inputTokens = asked.turns.reduce((sum, turn) => sum + tokensOf(turn.text), 0);
    const counted = { inputTokens, outputTokens: tokensOf(text + reasoning), reusedTokens: 0 };
    const usage = fault?.kind === 'no-usage' ? null : counted;
    const writer = createAnswerWriter(asked.kind, asked.modelName);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let pieces = 0;
    for (const event of this.#events(writer, { text, reasoning, usage }, fault)) {
      if (fault !== undefined && 'afterPieces' in fault && pieces >= fault.afterPieces) {
        return await this.#breakOff(entry, fault, writer, response);
      }
      if (!(await this.#write(entry, response, Buffer.from(event)))) return;
      pieces += 1;
    }
    response.end();
  }

  *#events(
    writer: AnswerWriter,
    { text, reasoning, usage }: { text: string; reasoning: string; usage: FakeUsage | null },
    fault: AnswerFault | undefined,
  ): Generator<string | Buffer, void, void> {
    const begin = writer.begin(usage);
    if (begin !== '') yield begin;
    for (const piece of this.#cut(reasoning)) yield writer.reasoning(piece);
    if (fault?.kind === 'tool-calls') yield writer.toolCall('delete_files');
    if (fault?.kind === 'hostile-bytes') yield hostileEvent(writer);
    if (fault?.kind === 'lone-surrogates')
      for (const half of ['a\ud83d', '\ude00b', '\udc00', 'c\ud800']) yield writer.text(half);
    if (fault?.kind === 'many-pieces') for (let piece = 0; piece < fault.pieces; piece += 1) yield writer.text('more ');
    for (const piece of this.#cut(text)) yield writer.text(piece);
    yield writer.end(fault?.kind === 'ends-with' ? fault.reason : 'complete', usage);
  }

  /** Pieces of 1 to 12 units, which may end within a character, as servers that count tokens cut them. */
  *#cut(text: string): Generator<string, void, void> {
    for (let at = 0; at < text.length;) {
      const length = 1 + Math.floor(this.#random() * 12);
      yield text.slice(at, at + length);
      at += length;
    }
  }

  async #breakOff(
    entry: FakeProviderRequest,
    fault: Extract<AnswerFault, { readonly afterPieces: number }>,
    writer: AnswerWriter,
    response: ServerResponse,
  ): Promise<void> {
    switch (fault.kind) {
      case 'no-end':
        response.end();
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'stall':
        return;
      case 'error-event':
        await this.#write(entry, response, Buffer.from(writer.error(fault.message)));
        response.end();
    }
  }

  /** One event in one or two pieces, which may end anywhere. False once nobody reads any more. */
  async #write(entry: FakeProviderRequest, response: ServerResponse, event: Buffer): Promise<boolean> {
    const cut = this.#random() < 0.25 ? Math.floor(this.#random() * event.length) : event.length;
    for (const piece of [event.subarray(0, cut), event.subarray(cut)]) {
      if (piece.length === 0) continue;
      if (!(await writeBytes(response, piece))) return false;
      entry.sentBytes += piece.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#options.paceMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#options.paceMs));
    return true;
  }
}
