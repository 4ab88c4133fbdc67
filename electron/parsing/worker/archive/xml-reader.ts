import { TextDecoder } from 'node:util';
import { Parser } from 'htmlparser2';
import { AppError } from '../../../shared/app-error.ts';
import { NamespaceScope, XmlElement } from './xml-element.ts';

/** Elements inside one another; deeper is no document. */
const depthLimit = 200;

/** Attributes of one element. */
const attributeLimit = 2_000;

/** Characters that one paragraph or cell may hold: they are read whole, and every step after them makes a copy. */
const textLimit = 4_000_000;

/** Bytes that are parsed at a time, so that a part never lies in memory as text too. */
const sliceBytes = 64 * 1024;

/** Elements that the readers of one document may see, over all its parts. */
export class ElementBudget {
  #left: number;
  readonly #name: string;

  /** @param name - of the file, for the error. @param limit - default 4 million. */
  constructor(name: string, limit = 4_000_000) {
    this.#left = limit;
    this.#name = name;
  }

  /** Throws `file/too-complex` when it is used up, or when an element lies too deep. */
  spend(depth: number, elements = 1): void {
    this.#left -= elements;
    if (this.#left < 0 || depth > depthLimit) throw this.tooComplex();
  }

  tooComplex(): AppError {
    return new AppError('file/too-complex', 'The document has too many or too deep elements.', { name: this.#name });
  }
}

type XmlEvent = XmlElement | string | null;

/** A part of XML as text, in the encoding that it says it has. */
export function decodeXml(bytes: Uint8Array): string {
  return decoderOf(bytes).decode(bytes);
}

/** The encoding that a part of XML says it has: by its mark, its first bytes, or its declaration. */
function decoderOf(bytes: Uint8Array): TextDecoder {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return new TextDecoder('utf-16le');
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return new TextDecoder('utf-16be');
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const label = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  // UTF-16 would have been told by its bytes.
  if (/^utf-?16/i.test(label)) return new TextDecoder();
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}

/**
 * Reads a part of XML from its beginning to its end, as it is asked for: only a slice of it is in memory as text.
 * Document type declarations are skipped, so no entity but the five of XML and character references is ever expanded.
 * Broken markup is read as well as it can be.
 */
export class XmlReader {
  readonly #bytes: Uint8Array;
  readonly #decoder: TextDecoder;
  readonly #parser: Parser;
  readonly #budget: ElementBudget;
  readonly #scopes: NamespaceScope[] = [new NamespaceScope()];
  #position = 0;
  #isEnded = false;
  /** Parsed and not yet asked for; null closes the innermost element. */
  #events: XmlEvent[] = [];
  #next = 0;
  /** Elements that are open where the reading stands. */
  #depth = 0;

  constructor(bytes: Uint8Array, budget: ElementBudget) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.#decoder = decoderOf(bytes);
    let attributes = 0;
    this.#parser = new Parser(
      {
        onopentagname: () => {
          attributes = 0;
          budget.spend(this.#scopes.length);
        },
        onattribute: () => {
          attributes += 1;
          if (attributes > attributeLimit) throw budget.tooComplex();
        },
        onopentag: (name, values) => {
          const outer = this.#scopes.at(-1) ?? new NamespaceScope();
          const scope = outer.within(values);
          if (scope !== outer) budget.spend(this.#scopes.length, 1 + scope.size);
          this.#scopes.push(scope);
          this.#events.push(new XmlElement(scope.elementName(name), values, scope));
        },
        onclosetag: () => {
          this.#scopes.pop();
          this.#events.push(null);
        },
        ontext: (text) => {
          this.#events.push(text);
        },
      },
      { xmlMode: true, decodeEntities: true },
    );
  }

  /** Share of the part that has been read, 0 to 1. */
  get fraction(): number {
    return this.#bytes.length === 0 ? 1 : this.#position / this.#bytes.length;
  }

  /**
   * The child elements of the element that was opened last (of the document at first). What of a child is not read by
   * the time that the next is asked for is skipped.
   */
  *children(): Generator<XmlElement> {
    for (const node of this.nodes()) if (typeof node !== 'string') yield node;
  }

  /** Like `children`, with the text between them. */
  *nodes(): Generator<XmlElement | string> {
    const depth = this.#depth;
    for (;;) {
      const event = this.#advance();
      if (event === undefined) return;
      if (event === null) {
        if (this.#depth < depth) return;
      } else if (this.#depth === depth + (typeof event === 'string' ? 0 : 1)) yield event;
    }
  }

  /** All text inside the element that was opened last, elements inside it included. Throws `file/too-complex` beyond 4 million characters. */
  text(): string {
    const depth = this.#depth;
    let text = '';
    for (;;) {
      const event = this.#advance();
      if (event === undefined) return text;
      if (event === null) {
        if (this.#depth < depth) return text;
      } else if (typeof event === 'string') {
        text += event;
        this.refuseLongText(text.length);
      }
    }
  }

  /** Throws `file/too-complex` when a paragraph or the like has come to more than 4 million characters. */
  refuseLongText(length: number): void {
    if (length > textLimit) throw this.#budget.tooComplex();
  }

  /** The next event, undefined at the end. */
  #advance(): XmlEvent | undefined {
    while (this.#next >= this.#events.length) {
      if (this.#isEnded) return undefined;
      this.#parseSlice();
    }
    const event = this.#events[this.#next];
    this.#next += 1;
    if (event === null) this.#depth -= 1;
    else if (typeof event !== 'string') this.#depth += 1;
    return event;
  }

  #parseSlice(): void {
    this.#events = [];
    this.#next = 0;
    const slice = this.#bytes.subarray(this.#position, this.#position + sliceBytes);
    this.#position += slice.length;
    this.#isEnded = this.#position >= this.#bytes.length;
    this.#parser.write(this.#decoder.decode(slice, { stream: !this.#isEnded }));
    if (this.#isEnded) this.#parser.end();
  }
}
