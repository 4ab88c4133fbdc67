// The directions in which vectors differ most (principal components), by orthogonal iteration over their covariance.
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';

/** Enough for directions that are still but for rounding. */
const rounds = 60;

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

/** Makes vectors stand at right angles to those before them, each of length 1 (Gram and Schmidt). */
function orthonormal(vectors: readonly (readonly number[])[]): number[][] {
  const made: number[][] = [];
  for (const vector of vectors) {
    let rest = [...vector];
    for (const other of made) {
      const share = dot(rest, other);
      rest = rest.map((value, at) => value - share * (other[at] ?? 0));
    }
    const length = Math.sqrt(dot(rest, rest));
    made.push(rest.map((value) => value / length));
  }
  return made;
}

function covarianceOf(centred: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const size = centred[0]?.length ?? 0;
  const sums = Array.from({ length: size }, () => new Float64Array(size));
  for (const vector of centred) {
    for (const [row, value] of vector.entries()) {
      const line = sums[row];
      if (line === undefined) continue;
      for (let column = 0; column < size; column += 1)
        line[column] = (line[column] ?? 0) + value * (vector[column] ?? 0);
    }
  }
  return sums.map((line) => [...line].map((value) => value / centred.length));
}

/** The mean of vectors and `count` directions, those of the greatest spread first. The same each time for the same vectors. */
export function findDirections(vectors: readonly (readonly number[])[], count: number) {
  const size = vectors[0]?.length ?? 0;
  const mean = Array.from({ length: size }, (_, at) =>
    vectors.reduce((sum, vector) => sum + (vector[at] ?? 0) / vectors.length, 0),
  );
  const covariance = covarianceOf(vectors.map((vector) => vector.map((value, at) => value - (mean[at] ?? 0))));
  const random = createSeededRandom(11);
  let directions = orthonormal(Array.from({ length: count }, () => mean.map(() => random() - 0.5)));
  for (let round = 0; round < rounds; round += 1) {
    directions = orthonormal(directions.map((direction) => covariance.map((line) => dot(line, direction))));
  }
  return { mean, directions };
}
