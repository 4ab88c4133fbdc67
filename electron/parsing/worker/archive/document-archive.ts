import { crc32, inflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '../../../shared/app-error.ts';

/** Bytes that the parts of one document may have together when they are unpacked. */
const totalLimitBytes = 256 * 1024 * 1024;

/** Bytes that one part may have when it is unpacked. */
const partLimitBytes = 64 * 1024 * 1024;

/** Parts that an archive may list. */
const partLimit = 20_000;

/** A part above this size must not be packed tighter than `ratioLimit`: nothing that a person wrote is. */
const ratioFreeBytes = 16 * 1024 * 1024;
const ratioLimit = 200;

const methodStored = 0;
const methodDeflated = 8;

const tooComplex = (name: string): AppError =>
  new AppError('file/too-complex', 'The archive unpacks to more than the limit.', { name });

const damaged = (name: string, cause: unknown): AppError =>
  new AppError('file/damaged', 'The archive is damaged.', { name }, { cause });

/** A part's name that leads out of the archive, or is no name. */
const isStray = (path: string): boolean =>
  path === '' || path.startsWith('/') || path.includes('\0') || /^[a-z]:/i.test(path) || path.split('/').includes('..');

/**
 * The parts of a document that is a ZIP archive, unpacked one at a time and only into memory. What the archive says of
 * sizes is not believed: unpacked bytes are counted, over all reads together.
 */
export class DocumentArchive {
  readonly #zip: ZipFile;
  readonly #bytes: Buffer;
  readonly #name: string;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpackedBytes = 0;
  #hasDamage: boolean;

  constructor(zip: ZipFile, bytes: Buffer, name: string, listed: Listed) {
    this.#zip = zip;
    this.#bytes = bytes;
    this.#name = name;
    this.#entries = listed.entries;
    this.#hasDamage = listed.hasDoubles;
  }

  /** Whether a part that was read differs from its checksum, or a name is listed twice (the first counts). */
  get hasDamage(): boolean {
    return this.#hasDamage;
  }

  /** Names of the parts, in the archive's order. */
  get paths(): readonly string[] {
    return [...this.#entries.values()].map((entry) => pathOf(entry));
  }

  has(path: string): boolean {
    return this.#entries.has(path.toLowerCase());
  }

  /** Whether a part asks for the password of the ZIP format. */
  get isEncrypted(): boolean {
    return this.#entries.values().some((entry) => entry.isEncrypted());
  }

  /**
   * The bytes of a part; null when there is none of this name (letter case aside). Throws `file/too-complex` beyond the
   * limits, `file/encrypted`, and `file/damaged` when it cannot be unpacked.
   */
  async read(path: string): Promise<Buffer | null> {
    const entry = this.#entries.get(path.toLowerCase());
    if (!entry) return null;
    if (entry.isEncrypted()) {
      throw new AppError('file/encrypted', 'A part of the document is encrypted.', { name: this.#name });
    }
    const content = this.#unpack(entry, await this.#packedBytes(entry));
    this.#unpackedBytes += content.length;
    if (crc32(content) !== entry.crc32) this.#hasDamage = true;
    return content;
  }

  async #packedBytes(entry: Entry): Promise<Buffer> {
    try {
      const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const end = fileDataStart + entry.compressedSize;
      if (end > this.#bytes.length) throw new Error('The part ends after the file.');
      return this.#bytes.subarray(fileDataStart, end);
    } catch (error) {
      throw damaged(this.#name, error);
    }
  }

  #unpack(entry: Entry, packed: Buffer): Buffer {
    const limit = Math.min(partLimitBytes, totalLimitBytes - this.#unpackedBytes);
    if (entry.compressionMethod === methodStored) {
      if (packed.length > limit) throw tooComplex(this.#name);
      return packed;
    }
    if (entry.compressionMethod !== methodDeflated) throw damaged(this.#name, entry.compressionMethod);
    if (limit <= 0) throw tooComplex(this.#name);
    let content: Buffer;
    try {
      content = inflateRawSync(packed, { maxOutputLength: limit });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
        throw tooComplex(this.#name);
      }
      throw damaged(this.#name, error);
    }
    if (content.length > ratioFreeBytes && content.length > packed.length * ratioLimit) throw tooComplex(this.#name);
    return content;
  }
}

type Listed = { readonly entries: ReadonlyMap<string, Entry>; readonly hasDoubles: boolean };

/** Names are read as UTF-8 whatever the archive says: those that matter are ASCII. */
const pathOf = (entry: Entry): string => entry.fileNameRaw.toString('utf8').replaceAll('\\', '/');

async function listEntries(zip: ZipFile, name: string): Promise<Listed> {
  if (zip.entryCount > partLimit) throw tooComplex(name);
  const entries = new Map<string, Entry>();
  let hasDoubles = false;
  for await (const entry of zip.eachEntry()) {
    const path = pathOf(entry);
    if (isStray(path) || path.endsWith('/')) continue;
    const key = path.toLowerCase();
    if (entries.has(key)) hasDoubles = true;
    else entries.set(key, entry);
  }
  return { entries, hasDoubles };
}

/** Opens an archive that lies in memory. Throws `file/damaged`, and `file/too-complex` when it lists too many parts. */
export async function openDocumentArchive(bytes: Buffer, name: string): Promise<DocumentArchive> {
  try {
    // Names stay as bytes, because the library refuses the whole archive for one that it does not like.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false } as const;
    const zip = await fromBufferPromise(bytes, options);
    return new DocumentArchive(zip, bytes, name, await listEntries(zip, name));
  } catch (error) {
    throw AppError.isInstance(error) ? error : damaged(name, error);
  }
}
