import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { stateHeaderSchema } from './state-header.ts';
import type { StateHeader } from './state-header.ts';

/** Bytes of clear content in one piece at most. */
export const pieceBytes = 1024 ** 2;

const algorithm = 'aes-256-gcm';
const magic = Buffer.from('SOTTOKV1', 'latin1');
const lengths = { salt: 16, tag: 16, headerLength: 2, pieceLength: 4 } as const;
const longestHeaderBytes = 4_096;

/** What a piece holds, as the last four bytes of its nonce say. */
const pieceKinds = { answers: 0, state: 1, lastState: 2 } as const;
type PieceKind = (typeof pieceKinds)[keyof typeof pieceKinds];

/** What seals the pieces of one file. */
type Seal = { readonly key: Uint8Array; readonly head: Uint8Array };

/** A file with the same key twice is none: each gets a key of its own by its salt (RFC 5869). */
function sealOf(key: Uint8Array, head: Uint8Array, salt: Uint8Array): Seal {
  return { key: new Uint8Array(hkdfSync('sha256', key, salt, 'sotto saved state 1', 32)), head };
}

/** Never twice under one key: the number of the piece and its kind, so that a file cut short or out of order does not open. */
function nonceOf(index: number, kind: PieceKind): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 0);
  nonce.writeUInt32BE(kind, 8);
  return nonce;
}

/**
 * Writes `answers` and then all of `clear`, piece by piece, each sealed with AES-256-GCM and bound to the header, its place
 * and whether it is the last. Returns the size of the file in bytes. Throws what the disk throws, and the signal's reason.
 */
export async function writeSealed(
  { header, key, answers }: { readonly header: StateHeader; readonly key: Uint8Array; readonly answers: Uint8Array },
  clear: FileHandle,
  target: FileHandle,
  signal: AbortSignal,
): Promise<number> {
  const salt = randomBytes(lengths.salt);
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const headerLength = Buffer.alloc(lengths.headerLength);
  headerLength.writeUInt16BE(text.length);
  const head = Buffer.concat([magic, salt, headerLength, text]);
  const seal = sealOf(key, head, salt);
  let written = await append(target, head);
  written += await append(target, sealPiece(seal, 0, pieceKinds.answers, answers));
  const { size } = await clear.stat();
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, size)));
  for (let [offset, index] = [0, 1]; offset < size || index === 1; index += 1) {
    signal.throwIfAborted();
    const { bytesRead } = await clear.read(piece, 0, piece.length, offset);
    if (bytesRead === 0 && offset < size) throw new Error('the state became shorter while it was read');
    offset += bytesRead;
    const kind = offset < size ? pieceKinds.state : pieceKinds.lastState;
    written += await append(target, sealPiece(seal, index, kind, piece.subarray(0, bytesRead)));
  }
  piece.fill(0);
  seal.key.fill(0);
  return written;
}

/** What a sealed file held beside the state. */
export type OpenedSeal = { readonly answers: Uint8Array };

/**
 * Opens a sealed file into `clear`, once `accepts` has agreed to its header. Null for one that was changed anywhere, cut
 * short, made longer or sealed with another key; what was written to `clear` until then means nothing. Throws the signal's
 * reason.
 */
export async function readSealed(
  source: FileHandle,
  { key, accepts }: { readonly key: Uint8Array; readonly accepts: (header: StateHeader) => boolean },
  clear: FileHandle,
  signal: AbortSignal,
): Promise<OpenedSeal | null> {
  const reader = new ByteReader(source);
  const head = await readHead(reader, accepts);
  if (head === null) return null;
  const seal = sealOf(key, head.bytes, head.salt);
  try {
    const answers = await openPiece(reader, seal, 0, [pieceKinds.answers]);
    if (answers === null) return null;
    for (let index = 1; ; index += 1) {
      signal.throwIfAborted();
      const piece = await openPiece(reader, seal, index, [pieceKinds.state, pieceKinds.lastState]);
      if (piece === null) return null;
      await append(clear, piece.clear);
      piece.clear.fill(0);
      if (piece.kind === pieceKinds.lastState) break;
    }
    return (await reader.isAtEnd()) ? { answers: answers.clear } : null;
  } finally {
    seal.key.fill(0);
  }
}

type Head = { readonly bytes: Uint8Array; readonly salt: Uint8Array };

async function readHead(reader: ByteReader, accepts: (header: StateHeader) => boolean): Promise<Head | null> {
  const start = await reader.read(magic.length + lengths.salt + lengths.headerLength);
  if (start === null || !start.subarray(0, magic.length).equals(magic)) return null;
  const headerLength = start.readUInt16BE(magic.length + lengths.salt);
  const text = headerLength > longestHeaderBytes ? null : await reader.read(headerLength);
  if (text === null) return null;
  const header = parseHeader(text.toString('utf8'));
  if (header === null || !accepts(header)) return null;
  return { bytes: Buffer.concat([start, text]), salt: start.subarray(magic.length, magic.length + lengths.salt) };
}

function parseHeader(text: string): StateHeader | null {
  try {
    return stateHeaderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function sealPiece({ key, head }: Seal, index: number, kind: PieceKind, clear: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, key, nonceOf(index, kind), { authTagLength: lengths.tag }).setAAD(head);
  const sealed = cipher.update(clear);
  const rest = cipher.final();
  const length = Buffer.alloc(lengths.pieceLength);
  length.writeUInt32BE(sealed.length + rest.length);
  return Buffer.concat([length, sealed, rest, cipher.getAuthTag()]);
}

async function openPiece(
  reader: ByteReader,
  { key, head }: Seal,
  index: number,
  kinds: readonly PieceKind[],
): Promise<{ readonly kind: PieceKind; readonly clear: Buffer } | null> {
  const length = (await reader.read(lengths.pieceLength))?.readUInt32BE();
  if (length === undefined || length > pieceBytes) return null;
  const piece = await reader.read(length + lengths.tag);
  if (piece === null) return null;
  const [sealed, tag] = [piece.subarray(0, length), piece.subarray(length)];
  for (const kind of kinds) {
    const decipher = createDecipheriv(algorithm, key, nonceOf(index, kind), { authTagLength: lengths.tag });
    const clear = decipher.setAAD(head).setAuthTag(tag).update(sealed);
    try {
      decipher.final();
      return { kind, clear };
    } catch {
      clear.fill(0);
    }
  }
  return null;
}

/** Writes all of `bytes` at the end of what was written; returns how many. */
async function append(target: FileHandle, bytes: Uint8Array): Promise<number> {
  for (let done = 0; done < bytes.length;) done += (await target.write(bytes, done)).bytesWritten;
  return bytes.length;
}

/** Reads a file from its beginning. */
class ByteReader {
  readonly #file: FileHandle;
  #offset = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Null where the file ends before. */
  async read(length: number): Promise<Buffer | null> {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, this.#offset);
      if (bytesRead === 0) return null;
      done += bytesRead;
      this.#offset += bytesRead;
    }
    return bytes;
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.read(1)) === null;
  }
}
