import type Database from 'better-sqlite3-multiple-ciphers';
import type { IndexRow } from './vector-operations.ts';

/** Rows that are read at once. */
const sliceLength = 4_096;

/** Vectors one after the other, as far as `count`; behind it is room for more. */
export type VectorMemory = {
  readonly dimensions: number;
  readonly count: number;
  /** Numbers of the passages that the vectors belong to. */
  readonly passages: Int32Array;
  /** All vectors, a byte for each of their numbers. */
  readonly bytes: Int8Array;
  /** How long each vector is in these bytes. */
  readonly lengths: Float32Array;
  /** The signs of the numbers of each vector, 32 in a word, the rest of the last word 0. */
  readonly signs: Int32Array;
};

/** Words that the signs of one vector take. */
export const signWords = (dimensions: number): number => Math.ceil(dimensions / 32);

/** Packs the signs of whole numbers into `signs` from `start` on: a bit is 1 where the number is below zero. */
export function packSigns(values: Int8Array | Int16Array, signs: Int32Array, start: number): void {
  let word = 0;
  for (let at = 0; at < values.length; at += 1) {
    word |= ((values[at] ?? 0) >>> 31) << (at & 31);
    if ((at & 31) === 31) {
      signs[start + (at >> 5)] = word;
      word = 0;
    }
  }
  if (values.length % 32 !== 0) signs[start + (values.length >> 5)] = word;
}

function lengthOf(values: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] ?? 0) * (values[at] ?? 0);
  return Math.sqrt(sum);
}

/** As many vectors as `from` has, with room for `capacity` of them. */
function withRoom(from: VectorMemory, capacity: number): VectorMemory {
  const { dimensions, count } = from;
  const passages = new Int32Array(capacity);
  const bytes = new Int8Array(capacity * dimensions);
  const lengths = new Float32Array(capacity);
  const signs = new Int32Array(capacity * signWords(dimensions));
  passages.set(from.passages.subarray(0, count));
  bytes.set(from.bytes.subarray(0, count * dimensions));
  lengths.set(from.lengths.subarray(0, count));
  signs.set(from.signs.subarray(0, count * signWords(dimensions)));
  return { dimensions, count, passages, bytes, lengths, signs };
}

const emptyMemory = (dimensions: number): VectorMemory => ({
  dimensions,
  count: 0,
  passages: new Int32Array(0),
  bytes: new Int8Array(0),
  lengths: new Float32Array(0),
  signs: new Int32Array(0),
});

type VectorRow = readonly [number: number, passageNumber: number, vector: Uint8Array];

function append(memory: VectorMemory, rows: readonly VectorRow[]): VectorMemory {
  const { dimensions, passages, bytes, lengths, signs } = memory;
  let { count } = memory;
  for (const [, passageNumber, vector] of rows) {
    if (vector.length !== dimensions) continue;
    const values = new Int8Array(vector.buffer, vector.byteOffset, dimensions);
    bytes.set(values, count * dimensions);
    packSigns(values, signs, count * signWords(dimensions));
    passages[count] = passageNumber;
    lengths[count] = lengthOf(values);
    count += 1;
  }
  return { ...memory, count };
}

/**
 * The vectors of the index that serves, in memory: comparing them there takes a small part of what reading them from
 * encrypted pages would. They are read at the first search and whenever the database has new ones, so that a change which
 * is rolled back never gets here. About 450 bytes a passage for 384 numbers.
 */
export function createVectorReader(database: Database): (index: IndexRow) => VectorMemory {
  const countNew = database.prepare('SELECT count(*) FROM vectors WHERE number > ?').pluck();
  const selectNew = database
    .prepare(
      `SELECT number, passage_number, vector FROM vectors
      WHERE number > ? AND index_number = ? ORDER BY number LIMIT ${sliceLength}`,
    )
    .raw();
  let held = { indexNumber: 0, removals: 0, last: 0, memory: emptyMemory(0) };

  return ({ number: indexNumber, removals, dimensions }) => {
    if (held.indexNumber !== indexNumber || held.removals !== removals) {
      held = { indexNumber, removals, last: 0, memory: emptyMemory(dimensions) };
    }
    for (;;) {
      // Rows of our own making, a hundred thousand of them: a schema for each would take longer than all the rest.
      const rows = selectNew.all(held.last, indexNumber) as readonly VectorRow[];
      const last = rows.at(-1)?.[0];
      if (last === undefined) return held.memory;
      if (held.memory.count + rows.length > held.memory.passages.length) {
        const wanted = held.memory.count + Number(countNew.get(held.last));
        held.memory = withRoom(held.memory, Math.max(wanted, Math.ceil(held.memory.count * 1.25)));
      }
      held = { ...held, last, memory: append(held.memory, rows) };
    }
  };
}
