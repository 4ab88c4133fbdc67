import { sottoExportFormat, sottoExportVersion } from '../../../shared/sotto-export.ts';
import type { SkipReason } from './converted.ts';
import type { ExportLimits } from './export-limits.ts';
import { JsonSplitter, JsonTextError } from './json-splitter.ts';
import type { JsonPiece } from './json-splitter.ts';
import type { ExportText } from './open-export-file.ts';
import { recogniseConversation } from './recognise-conversation.ts';
import type { Recognised } from './recognise-conversation.ts';

/** What is found in a text of an export. */
export type Found =
  /** Some megabytes were read. */
  | { readonly kind: 'progress' }
  /** The text is an export, whether or not a conversation is in it. */
  | { readonly kind: 'header' }
  | { readonly kind: 'conversation'; readonly recognised: Recognised }
  /** Something in the place of a conversation. */
  | { readonly kind: 'broken'; readonly reason: SkipReason; readonly title: string };

/** A count of the bytes that were read, with what is done when there are too many. */
export type Meter = { add(bytes: number): void };

const progressBytes = 4 * 1024 * 1024;

/** Chunks with a sign of life among them. */
async function* metered(text: ExportText, meter: Meter): AsyncGenerator<Uint8Array | null, void, void> {
  let sinceProgress = 0;
  for await (const chunk of text.chunks()) {
    meter.add(chunk.length);
    yield chunk;
    sinceProgress += chunk.length;
    if (sinceProgress < progressBytes) continue;
    sinceProgress = 0;
    yield null;
  }
}

const refusal = (piece: Extract<JsonPiece, { kind: 'refused' }>): Found => ({
  kind: 'broken',
  reason: piece.reason === 'too-long' ? 'too-large' : 'broken-conversation',
  title: '',
});

/** Puts the members of an outer object together, which are a conversation where it is not a list of some. */
class OuterObject {
  readonly #members = new Map<string, unknown>();
  readonly #limitBytes: number;
  #sizeBytes = 0;
  #isRefused = false;
  #hasElements = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isSotto(): boolean {
    return this.#members.get('format') === sottoExportFormat && this.#members.get('version') === sottoExportVersion;
  }

  *accept(piece: JsonPiece): Generator<Found, void, void> {
    switch (piece.kind) {
      case 'member':
        this.#sizeBytes += piece.sizeBytes;
        if (this.#sizeBytes <= this.#limitBytes) this.#members.set(piece.key, piece.value);
        else this.#isRefused = true;
        if (piece.key === 'version' && this.isSotto) yield { kind: 'header' };
        return;
      case 'element': {
        this.#hasElements = true;
        const recognised = recogniseConversation(piece.value, this.isSotto);
        yield recognised === null
          ? { kind: 'broken', reason: 'broken-conversation', title: '' }
          : { kind: 'conversation', recognised };
        return;
      }
      case 'refused':
        this.#isRefused = true;
        yield refusal(piece);
    }
  }

  *end(): Generator<Found, void, void> {
    if (this.isSotto || this.#hasElements || this.#members.size === 0 || this.#isRefused) return;
    const recognised = recogniseConversation(Object.fromEntries(this.#members), false);
    if (recognised !== null) yield { kind: 'conversation', recognised };
  }
}

/** Finds the conversations of a JSON text. Throws JsonTextError, and what the meter and the file throw. */
export async function* readJsonText(
  text: ExportText,
  limits: ExportLimits,
  meter: Meter,
): AsyncGenerator<Found, void, void> {
  const splitter = new JsonSplitter('conversations', { pieceBytes: limits.conversationBytes, depth: limits.depth });
  const outer = new OuterObject(limits.conversationBytes);
  for await (const chunk of metered(text, meter)) {
    if (chunk === null) yield { kind: 'progress' };
    else for (const piece of splitter.push(chunk)) yield* outer.accept(piece);
  }
  splitter.end();
  yield* outer.end();
}

/** The values of a text with one JSON value a line; null when it is too long. Throws JsonTextError. */
export async function readJsonLines(
  text: ExportText,
  limits: ExportLimits,
  meter: Meter,
): Promise<readonly unknown[] | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of metered(text, meter)) {
    sizeBytes += chunk?.length ?? 0;
    // What is over the limit is still read: the archive must be whole to be believed.
    if (chunk !== null && sizeBytes <= limits.conversationBytes) chunks.push(Buffer.from(chunk));
  }
  if (sizeBytes > limits.conversationBytes) return null;
  const lines = new TextDecoder().decode(Buffer.concat(chunks)).split('\n');
  return lines.filter((line) => line.trim() !== '').map(parseLine);
}

function parseLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    throw new JsonTextError('A line is not JSON.', true);
  }
}
