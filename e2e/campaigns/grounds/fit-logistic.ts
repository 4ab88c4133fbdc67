// Logistic regression with a ridge penalty, by Newton's method over features of mean 0 and spread 1.

/** What was measured of one thing, whether it is what is looked for, and how much it counts. */
export type LogisticRow = { readonly values: readonly number[]; readonly isTrue: boolean; readonly share: number };

export type LogisticModel = {
  readonly features: readonly { readonly mean: number; readonly spread: number; readonly weight: number }[];
  readonly intercept: number;
};

/** Enough for a gradient that is zero but for rounding. */
const rounds = 12;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

function scaleOf(rows: readonly LogisticRow[], at: number): { readonly mean: number; readonly spread: number } {
  const values = rows.map(({ values: all }) => all[at] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  return { mean, spread: spread < 1e-9 ? 1 : spread };
}

/** Solves a system with a positive definite matrix, by elimination; `rows` end with the right side and are used up. */
function solve(rows: number[][]): readonly number[] {
  for (const [at, row] of rows.entries()) {
    for (const other of rows.slice(at + 1)) {
      const factor = (other[at] ?? 0) / (row[at] ?? 1);
      for (let column = at; column < other.length; column += 1) {
        other[column] = (other[column] ?? 0) - factor * (row[column] ?? 0);
      }
    }
  }
  const solution = rows.map(() => 0);
  for (const [at, row] of [...rows.entries()].reverse()) {
    solution[at] = ((row.at(-1) ?? 0) - dot(solution, row.slice(0, -1))) / (row[at] ?? 1);
  }
  return solution;
}

/** What a model makes of measurements, 0 to 1. */
export function probabilityOf({ features, intercept }: LogisticModel, values: readonly number[]): number {
  return sigmoid(
    features.reduce(
      (all, { mean, spread, weight }, at) => all + (weight * ((values[at] ?? 0) - mean)) / spread,
      intercept,
    ),
  );
}

/** Fits to rows whose shares need not sum to anything. */
export function fitLogistic(rows: readonly LogisticRow[], penalty: number): LogisticModel {
  const count = rows[0]?.values.length ?? 0;
  const scales = Array.from({ length: count }, (_, at) => scaleOf(rows, at));
  const total = rows.reduce((sum, { share }) => sum + share, 0);
  const scaled = rows.map(({ values, isTrue, share }) => ({
    row: [...scales.map(({ mean, spread }, at) => ((values[at] ?? 0) - mean) / spread), 1],
    target: isTrue ? 1 : 0,
    share: share / total,
  }));
  let weights: readonly number[] = Array.from({ length: count + 1 }, () => 0);
  for (let round = 0; round < rounds; round += 1) {
    // The intercept, which is last, is not held back.
    const ridge = weights.map((_, at) => (at < count ? penalty : 1e-9));
    const system = weights.map((weight, at) => [
      ...weights.map((_, other) => (other === at ? (ridge[at] ?? 0) : 0)),
      -(ridge[at] ?? 0) * weight,
    ]);
    for (const { row, target, share } of scaled) {
      const probability = sigmoid(dot(row, weights));
      const [error, curve] = [share * (target - probability), share * probability * (1 - probability)];
      for (const [at, line] of system.entries()) {
        const own = curve * (row[at] ?? 0);
        for (const [other, value] of row.entries()) line[other] = (line[other] ?? 0) + own * value;
        line[count + 1] = (line[count + 1] ?? 0) + error * (row[at] ?? 0);
      }
    }
    const step = solve(system);
    weights = weights.map((weight, at) => weight + (step[at] ?? 0));
  }
  return {
    features: scales.map((scale, at) => ({ ...scale, weight: weights[at] ?? 0 })),
    intercept: weights[count] ?? 0,
  };
}
