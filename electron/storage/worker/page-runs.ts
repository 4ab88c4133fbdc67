import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { StoredPage } from '../storage.ts';

type Runs = StoredPage['runs'];

/** Boxes are kept to a hundredth of a point, some four thousandths of a millimetre. */
const stepsPerPoint = 100;
const numbersPerRun = 6;
const largest = 2 ** 31 - 1;

const toStep = (value: number): number => Math.max(-largest, Math.min(largest, Math.round(value)));

/**
 * The runs of a page, small: one column after the other, each number as its difference from the one above, which are much
 * alike on a page of lines.
 */
export function packRuns(runs: Runs): Uint8Array {
  const numbers = new Int32Array(runs.length * numbersPerRun);
  for (let column = 0; column < numbersPerRun; column += 1) {
    let above = 0;
    runs.forEach((run, row) => {
      const value = toStep((run[column] ?? 0) * (column < 2 ? 1 : stepsPerPoint));
      numbers[column * runs.length + row] = value - above;
      above = value;
    });
  }
  return deflateRawSync(new Uint8Array(numbers.buffer), { level: 3 });
}

/** Undoes `packRuns`. Throws where the bytes are none of its. */
export function unpackRuns(packed: Uint8Array): Runs {
  const bytes = new Uint8Array(inflateRawSync(packed));
  if (bytes.length % (numbersPerRun * 4) !== 0) throw new RangeError('Runs are not whole.');
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const count = numbers.length / numbersPerRun;
  for (let at = 0; at < numbers.length; at += 1) {
    // As 32-bit numbers wrap when they are taken apart, they wrap back here.
    if (at % count !== 0) numbers[at] = (numbers[at] ?? 0) + (numbers[at - 1] ?? 0);
  }
  const at = (row: number, column: number): number => numbers[column * count + row] ?? 0;
  const point = (row: number, column: number): number => at(row, column) / stepsPerPoint;
  return Array.from(
    { length: count },
    (_, row) => [at(row, 0), at(row, 1), point(row, 2), point(row, 3), point(row, 4), point(row, 5)] as const,
  );
}
