// Logistic regression with a ridge penalty, by gradient descent over features of mean 0 and spread 1.

/** One question: what was measured, whether it can be answered, and how much it counts. */
export type LogisticRow = {
  readonly values: readonly (number | null)[];
  readonly isAnswerable: boolean;
  readonly share: number;
};

export type LogisticModel = {
  readonly features: readonly { readonly mean: number; readonly spread: number; readonly weight: number }[];
  readonly intercept: number;
};

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function scaleOf(rows: readonly LogisticRow[], at: number): { readonly mean: number; readonly spread: number } {
  const values = rows.flatMap(({ values: all }) => all[at] ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  return { mean, spread: spread < 1e-9 ? 1 : spread };
}

/** What a model makes of measurements, 0 to 1; a missing one counts as the mean. */
export function probabilityOf({ features, intercept }: LogisticModel, values: LogisticRow['values']): number {
  const sum = features.reduce((all, { mean, spread, weight }, at) => {
    const value = values[at] ?? null;
    return value === null ? all : all + (weight * (value - mean)) / spread;
  }, intercept);
  return sigmoid(sum);
}

/** Fits to rows whose shares need not sum to anything. */
export function fitLogistic(rows: readonly LogisticRow[], penalty: number): LogisticModel {
  const count = rows[0]?.values.length ?? 0;
  const scales = Array.from({ length: count }, (_, at) => scaleOf(rows, at));
  const total = rows.reduce((sum, { share }) => sum + share, 0);
  const scaled = rows.map(({ values, isAnswerable, share }) => ({
    row: scales.map(({ mean, spread }, at) => {
      const value = values[at] ?? null;
      return value === null ? 0 : (value - mean) / spread;
    }),
    target: isAnswerable ? 1 : 0,
    share: share / total,
  }));
  const weights = Array.from({ length: count }, () => 0);
  let intercept = 0;
  for (let round = 0; round < 1_500; round += 1) {
    const gradient = weights.map((weight) => penalty * weight);
    let slope = 0;
    for (const { row, target, share } of scaled) {
      const error =
        share * (sigmoid(row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), intercept)) - target);
      slope += error;
      for (const [at, value] of row.entries()) gradient[at] = (gradient[at] ?? 0) + error * value;
    }
    intercept -= 0.5 * slope;
    for (const [at, value] of gradient.entries()) weights[at] = (weights[at] ?? 0) - 0.5 * value;
  }
  return { features: scales.map((scale, at) => ({ ...scale, weight: weights[at] ?? 0 })), intercept };
}
