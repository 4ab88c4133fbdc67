import type Database from 'better-sqlite3-multiple-ciphers';
import type { PassageScope } from './scope.ts';
import type { IndexRow } from './vector-operations.ts';

/** A passage's number and its cosine with what was looked for. */
export type NearPassage = { readonly number: number; readonly score: number };

/** Finds the nearest passages of a scope, best first; of equals, the one that was stored first. */
export type NearestFinder = (
  index: IndexRow,
  vector: Float32Array,
  scope: PassageScope,
  limit: number,
) => readonly NearPassage[];

/** The question keeps more than a byte for each number: 4,096 of them times 127 times this stay within 32 bits. */
const questionPeak = 2_047;

/** Vectors that the memory has room for at first. */
const firstCapacity = 1_024;

type Vectors = {
  readonly indexNumber: number;
  readonly removals: number;
  readonly dimensions: number;
  count: number;
  /** Number of the last vector that was read. */
  last: number;
  /** All vectors, one after the other. */
  bytes: Int8Array;
  passages: Int32Array;
  /** What makes a product of numbers a cosine. */
  lengths: Float32Array;
};

const emptyVectors = ({ number, removals, dimensions }: IndexRow): Vectors => ({
  ...{ indexNumber: number, removals, dimensions, count: 0, last: 0 },
  bytes: new Int8Array(firstCapacity * dimensions),
  passages: new Int32Array(firstCapacity),
  lengths: new Float32Array(firstCapacity),
});

function makeRoom(vectors: Vectors): void {
  if (vectors.count < vectors.passages.length) return;
  const capacity = Math.ceil(vectors.passages.length * 1.5);
  const grown = { bytes: new Int8Array(capacity * vectors.dimensions), passages: new Int32Array(capacity) };
  const lengths = new Float32Array(capacity);
  grown.bytes.set(vectors.bytes);
  grown.passages.set(vectors.passages);
  lengths.set(vectors.lengths);
  Object.assign(vectors, grown, { lengths });
}

function append(vectors: Vectors, passage: number, vector: Uint8Array): void {
  makeRoom(vectors);
  const start = vectors.count * vectors.dimensions;
  const bytes = new Int8Array(vector.buffer, vector.byteOffset, vector.length);
  vectors.bytes.set(bytes, start);
  let sum = 0;
  for (const value of bytes) sum += value * value;
  vectors.passages[vectors.count] = passage;
  vectors.lengths[vectors.count] = Math.sqrt(sum);
  vectors.count += 1;
}

/** The product of two stretches of whole numbers. Four sums at a time: the processor then need not wait for each. */
function multiply(question: Int16Array, bytes: Int8Array, start: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const length = question.length;
  let at = 0;
  for (; at + 3 < length; at += 4) {
    a = (a + Math.imul(question[at] ?? 0, bytes[start + at] ?? 0)) | 0;
    b = (b + Math.imul(question[at + 1] ?? 0, bytes[start + at + 1] ?? 0)) | 0;
    c = (c + Math.imul(question[at + 2] ?? 0, bytes[start + at + 2] ?? 0)) | 0;
    d = (d + Math.imul(question[at + 3] ?? 0, bytes[start + at + 3] ?? 0)) | 0;
  }
  for (; at < length; at += 1) a = (a + Math.imul(question[at] ?? 0, bytes[start + at] ?? 0)) | 0;
  return a + b + c + d;
}

/**
 * The vectors of the index that serves, in memory, a byte for each number: comparing them there takes a small part of what
 * reading them from encrypted pages would. They come from the database at the first search and whenever it has new ones,
 * so that a change which is rolled back never gets here.
 */
export function createVectorMemory(database: Database): NearestFinder {
  let vectors: Vectors | null = null;
  const selectNew = database
    .prepare(
      `
      SELECT number, passage_number, vector FROM vectors WHERE number > ? AND index_number = ? ORDER BY number LIMIT 4096`,
    )
    .raw();

  const catchUp = (index: IndexRow): Vectors => {
    const isCurrent = vectors?.indexNumber === index.number && vectors.removals === index.removals;
    const current = isCurrent && vectors ? vectors : emptyVectors(index);
    vectors = current;
    for (;;) {
      // Rows of our own making, a hundred thousand of them; only what would break the memory is checked.
      const rows = selectNew.all(current.last, index.number) as readonly (readonly [number, number, Uint8Array])[];
      for (const [number, passage, vector] of rows) {
        if (vector.length === index.dimensions) append(current, passage, vector);
        current.last = number;
      }
      if (rows.length === 0) return current;
    }
  };

  return (index, vector, scope, limit) => {
    if (scope.count === 0) return [];
    const { count, bytes, passages, lengths, dimensions } = catchUp(index);
    let peak = 0;
    for (const value of vector) peak = Math.max(peak, Math.abs(value));
    const stretch = questionPeak / (peak || 1);
    const question = Int16Array.from(vector, (value) => Math.round(value * stretch));
    const questionLength = Math.hypot(...question) || 1;
    const nearest = createNearestList(limit);
    for (let at = 0; at < count; at += 1) {
      const number = passages[at] ?? 0;
      if (!scope.has(number)) continue;
      nearest.offer(number, multiply(question, bytes, at * dimensions) / ((lengths[at] || 1) * questionLength));
    }
    return nearest.sorted();
  };
}

/** The best of all that is offered, in a heap whose root is the worst of them. */
function createNearestList(limit: number) {
  const heap: NearPassage[] = [];
  const isWorse = (one: NearPassage, other: NearPassage): boolean =>
    one.score < other.score || (one.score === other.score && one.number > other.number);
  const sink = (item: NearPassage): void => {
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = right && left && isWorse(right, left) ? 2 * at + 2 : 2 * at + 1;
      const worst = heap[child];
      if (!worst || !isWorse(worst, item)) break;
      heap[at] = worst;
      at = child;
    }
    heap[at] = item;
  };
  const sorted = (): NearPassage[] => heap.toSorted((one, other) => (isWorse(one, other) ? 1 : -1));

  return {
    offer: (number: number, score: number): void => {
      const [worst] = heap;
      if (heap.length === limit) {
        if (worst && isWorse(worst, { number, score })) sink({ number, score });
        return;
      }
      heap.push({ number, score });
      // A list in the order from the worst is a heap.
      if (heap.length === limit) heap.sort((one, other) => (isWorse(one, other) ? -1 : 1));
    },
    sorted,
  };
}
