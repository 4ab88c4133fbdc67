import { usablePageBytes } from './page-cipher.ts';

/** A value as SQLite stores it. */
export type StoredValue = string | number | bigint | Uint8Array | null;

/** The rows of one page: `rowid` where the table has row numbers. A row that breaks off is counted instead. */
export type PageRows = {
  readonly kind: 'table' | 'index';
  readonly rows: readonly { readonly rowid: bigint | null; readonly values: readonly StoredValue[] }[];
  readonly broken: number;
};

/** First bytes of the kinds of pages in a tree. */
export const pageKinds = { indexInterior: 2, tableInterior: 5, indexLeaf: 10, tableLeaf: 13 } as const;

/** The header of a page in a tree stands after that of the file on page 1. */
export const treeHeaderAt = (number: number): number => (number === 1 ? 100 : 0);

type ReadPage = (number: number) => Uint8Array | null;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A number of one to nine bytes, seven bits in each, and where it ends. */
function readVarint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new RangeError('A number goes beyond its page.');
    if (index === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), end: at + 9 };
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value: BigInt.asIntN(64, value), end: at + index + 1 };
  }
  throw new RangeError('A number goes beyond its page.');
}

function readInteger(bytes: Uint8Array): number | bigint {
  const value = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const signed = BigInt.asIntN(bytes.length * 8, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

const integerBytes = [0, 1, 2, 3, 4, 6, 8] as const;

/** One value by its serial type, and how many bytes it has. */
function readValue(type: number, body: Uint8Array): { readonly value: StoredValue; readonly length: number } {
  if (type === 0) return { value: null, length: 0 };
  if (type === 7) return { value: view(body).getFloat64(0), length: 8 };
  if (type === 8 || type === 9) return { value: type - 8, length: 0 };
  const integerLength = integerBytes[type];
  if (integerLength !== undefined) {
    return { value: readInteger(body.subarray(0, integerLength)), length: integerLength };
  }
  const length = (type - (type % 2 === 0 ? 12 : 13)) / 2;
  const content = body.subarray(0, length);
  if (length < 0 || content.length < length) throw new RangeError('A value goes beyond its record.');
  return { value: type % 2 === 0 ? content : Buffer.from(content).toString('utf8'), length };
}

function readRecord(payload: Uint8Array): readonly StoredValue[] {
  const { value: headerBytes, end } = readVarint(payload, 0);
  const values: StoredValue[] = [];
  let bodyAt = Number(headerBytes);
  for (let at = end; at < Number(headerBytes);) {
    const type = readVarint(payload, at);
    const { value, length } = readValue(Number(type.value), payload.subarray(bodyAt));
    values.push(value);
    bodyAt += length;
    at = type.end;
  }
  return values;
}

/** The whole content of a cell, gathered from the pages that it spills into. */
function readPayload(page: Uint8Array, at: number, length: number, kind: PageRows['kind'], read: ReadPage): Uint8Array {
  const share = ((usablePageBytes - 12) * 64) / 255;
  const largest = kind === 'table' ? usablePageBytes - 35 : Math.floor(share) - 23;
  if (length <= largest) return page.subarray(at, at + length);
  const smallest = Math.floor(((usablePageBytes - 12) * 32) / 255) - 23;
  const wanted = smallest + ((length - smallest) % (usablePageBytes - 4));
  const local = wanted <= largest ? wanted : smallest;
  const pieces = [page.subarray(at, at + local)];
  let missing = length - local;
  let next = view(page).getUint32(at + local);
  while (missing > 0) {
    const spilled = read(next);
    if (!spilled) throw new RangeError('A page that a record goes on in cannot be read.');
    const piece = spilled.subarray(4, 4 + Math.min(missing, usablePageBytes - 4));
    pieces.push(piece);
    missing -= piece.length;
    next = view(spilled).getUint32(0);
  }
  return Buffer.concat(pieces);
}

/** Where the cells of a page in a tree begin. */
export function cellOffsets(page: Uint8Array, number: number): readonly number[] {
  const start = treeHeaderAt(number);
  const isInterior = page[start] === pageKinds.tableInterior || page[start] === pageKinds.indexInterior;
  const pointersAt = start + (isInterior ? 12 : 8);
  return Array.from({ length: view(page).getUint16(start + 3) }, (_, cell) =>
    view(page).getUint16(pointersAt + cell * 2),
  );
}

/** The pages below a page of a table's tree that holds no rows itself. */
export function childPages(page: Uint8Array, number: number): readonly number[] {
  const last = view(page).getUint32(treeHeaderAt(number) + 8);
  return [...cellOffsets(page, number).map((at) => view(page).getUint32(at)), last];
}

/** The rows that a page holds, by SQLite's file format; null for a page of another kind. `read` gives pages that rows go on in. */
export function readPageRows(page: Uint8Array, number: number, read: ReadPage): PageRows | null {
  const type = page[treeHeaderAt(number)];
  if (type !== pageKinds.tableLeaf && type !== pageKinds.indexLeaf && type !== pageKinds.indexInterior) return null;
  const kind = type === pageKinds.tableLeaf ? 'table' : 'index';
  const rows: PageRows['rows'][number][] = [];
  let broken = 0;
  for (const cell of cellOffsets(page, number)) {
    try {
      const length = readVarint(page, type === pageKinds.indexInterior ? cell + 4 : cell);
      const rowid = kind === 'table' ? readVarint(page, length.end) : null;
      const payload = readPayload(page, (rowid ?? length).end, Number(length.value), kind, read);
      rows.push({ rowid: rowid?.value ?? null, values: readRecord(payload) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      broken += 1;
    }
  }
  return { kind, rows, broken };
}
