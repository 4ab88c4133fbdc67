/** A JSON text that ends too early or is none. `isEnd` is true for the first. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  readonly isEnd: boolean;

  constructor(message: string, isEnd: boolean) {
    super(message);
    this.isEnd = isEnd;
  }
}

/** An element of the outer array, or of the array that the outer object has under the splitter's name; or a member. */
export type JsonPiece =
  | { readonly kind: 'element'; readonly value: unknown }
  | { readonly kind: 'member'; readonly key: string; readonly value: unknown; readonly sizeBytes: number }
  /** An element or member that was not read: it is too long or nested too deeply. */
  | { readonly kind: 'refused'; readonly reason: 'too-long' | 'too-deep' };

/** What a splitter does not go beyond. */
export type JsonLimits = {
  /** Bytes of one element or member. */
  readonly pieceBytes: number;
  /** Nesting inside one element or member. */
  readonly depth: number;
};

type Place =
  | 'start'
  | 'first-element'
  | 'element'
  | 'after-element'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'value'
  | 'after-value'
  | 'end';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const opens = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const closes = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/**
 * Cuts a JSON text of any length into the pieces that are worth parsing, each by itself with the parser of the language:
 * memory grows with the longest piece, not with the text. Syntax inside a piece is the parser's business, between pieces
 * it is checked here (RFC 8259).
 */
export class JsonSplitter {
  readonly #streamed: string;
  readonly #limits: JsonLimits;
  readonly #decoder = new TextDecoder();
  #place: Place = 'start';
  /** The array whose elements are read is a member of the outer object. */
  #isInside = false;
  #key = '';
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #depth = 0;
  #isOpen = false;
  #isString = false;
  #isEscaped = false;
  #refused: 'too-long' | 'too-deep' | null = null;

  /** `streamed` names the member of an outer object whose elements come one by one. */
  constructor(streamed: string, limits: JsonLimits) {
    this.#streamed = streamed;
    this.#limits = limits;
  }

  /** The pieces that end in `chunk`. Throws JsonTextError. */
  *push(chunk: Uint8Array): Generator<JsonPiece, void, void> {
    let at = this.#place === 'start' ? skipMark(chunk) : 0;
    while (at < chunk.length) {
      if (this.#isOpen) {
        const end = this.#scan(chunk, at);
        this.#keep(chunk.subarray(at, end));
        at = end;
        if (!this.#isOpen) yield* this.#close();
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (isBlank(byte)) at += 1;
      else if (this.#beginsPiece(byte)) this.#open();
      else {
        this.#step(byte);
        at += 1;
      }
    }
  }

  /** Throws JsonTextError unless the text is whole. */
  end(): void {
    if (this.#place !== 'end') throw new JsonTextError('The text ends too early.', true);
  }

  #beginsPiece(byte: number): boolean {
    if (closes(byte) || byte === comma) return false;
    switch (this.#place) {
      case 'first-element':
      case 'element':
        return true;
      case 'first-key':
      case 'key':
        return byte === quote;
      case 'value':
        return !(byte === 0x5b && this.#key === this.#streamed);
      default:
        return false;
    }
  }

  #open(): void {
    this.#isOpen = true;
    this.#parts = [];
    this.#bytes = 0;
    this.#depth = 0;
    this.#isString = false;
    this.#isEscaped = false;
    this.#refused = null;
  }

  /** Goes on in the open piece; returns where it, or the chunk, ends. */
  #scan(chunk: Uint8Array, from: number): number {
    let depth = this.#depth;
    let isString = this.#isString;
    let isEscaped = this.#isEscaped;
    let at = from;
    let end = -1;
    for (; end < 0 && at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (isString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) {
          isString = false;
          if (depth === 0) end = at + 1;
        }
      } else if (byte === quote) isString = true;
      else if (opens(byte)) {
        depth += 1;
        if (depth > this.#limits.depth) this.#refused ??= 'too-deep';
      } else if (closes(byte)) {
        // The outer array or object ends right after a number or a word.
        if (depth <= 1) end = at + depth;
        depth -= 1;
      } else if (depth === 0 && (byte === comma || byte === colon || isBlank(byte))) end = at;
    }
    this.#depth = depth;
    this.#isString = isString;
    this.#isEscaped = isEscaped;
    this.#isOpen = end < 0;
    return end < 0 ? at : end;
  }

  #keep(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.pieceBytes) this.#refused ??= 'too-long';
    if (this.#refused !== null) this.#parts = [];
    // A copy: the chunk's memory is its reader's, who may use it again.
    else this.#parts.push(Buffer.from(bytes));
  }

  *#close(): Generator<JsonPiece, void, void> {
    const isKey = this.#place === 'first-key' || this.#place === 'key';
    if (this.#refused !== null) {
      if (isKey) throw new JsonTextError('A name in the text is too long.', false);
      yield { kind: 'refused', reason: this.#refused };
    } else {
      const value = this.#parse();
      if (isKey) this.#key = String(value);
      else if (this.#place === 'value') yield { kind: 'member', key: this.#key, value, sizeBytes: this.#bytes };
      else yield { kind: 'element', value };
    }
    this.#place = isKey ? 'colon' : this.#place === 'value' ? 'after-value' : 'after-element';
    this.#parts = [];
  }

  #parse(): unknown {
    try {
      const value: unknown = JSON.parse(this.#decoder.decode(Buffer.concat(this.#parts)));
      return value;
    } catch {
      throw new JsonTextError('The text is not JSON.', false);
    }
  }

  #step(byte: number): void {
    const next = this.#next(String.fromCharCode(byte));
    if (next === undefined) throw new JsonTextError('The text is not JSON.', false);
    if (next === 'end' && this.#isInside) {
      this.#isInside = false;
      this.#place = 'after-value';
    } else this.#place = next;
  }

  #next(sign: string): Place | undefined {
    switch (this.#place) {
      case 'start':
        return sign === '[' ? 'first-element' : sign === '{' ? 'first-key' : undefined;
      case 'first-element':
        return sign === ']' ? 'end' : undefined;
      case 'after-element':
        return sign === ',' ? 'element' : sign === ']' ? 'end' : undefined;
      case 'first-key':
        return sign === '}' ? 'end' : undefined;
      case 'colon':
        return sign === ':' ? 'value' : undefined;
      case 'after-value':
        return sign === ',' ? 'key' : sign === '}' ? 'end' : undefined;
      case 'value':
        if (sign !== '[') return undefined;
        this.#isInside = true;
        return 'first-element';
      case 'element':
      case 'key':
      case 'end':
        return undefined;
    }
  }
}

/** Where the text begins after a byte-order mark. */
const skipMark = (chunk: Uint8Array): number => (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0);
