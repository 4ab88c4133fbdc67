// Learns the weights of a sum from lists of candidates of which some are right: listwise, by the probability that softmax
// gives the right ones (Cao and others, "Learning to rank: from pairwise approach to listwise approach", ICML 2007).

/** One question: what was measured of each candidate, and which are right. */
export type TrainingList = { readonly rows: readonly (readonly number[])[]; readonly isRight: readonly boolean[] };

export type FitOptions = {
  /** Weight of the penalty on large weights, over features of equal spread. */
  readonly penalty: number;
  readonly rounds: number;
};

const spreadOf = (rows: readonly (readonly number[])[], at: number): number => {
  const values = rows.map((row) => row[at] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** Adds the gradient of one list, times `share`. */
function addGradient({ rows, isRight }: TrainingList, weights: readonly number[], share: number, into: number[]): void {
  const scores = rows.map((row) => dot(row, weights));
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const all = raised.reduce((sum, value) => sum + value, 0);
  const right = raised.reduce((sum, value, index) => sum + (isRight[index] === true ? value : 0), 0);
  for (const [index, row] of rows.entries()) {
    const value = raised[index] ?? 0;
    const pull = value / all - (isRight[index] === true ? value / right : 0);
    for (const [at, feature] of row.entries()) into[at] = (into[at] ?? 0) + share * pull * feature;
  }
}

/**
 * Fits the weights to sets of lists that count the same, whatever their size. A feature without any spread gets 0. Adam
 * (Kingma and Ba, 2015) with a step that shrinks at two thirds of the rounds.
 */
export function fitWeights(
  sets: readonly (readonly TrainingList[])[],
  { penalty, rounds }: FitOptions,
): readonly number[] {
  const usable = sets.map((lists) => lists.filter(({ isRight }) => isRight.includes(true)));
  const rows = usable.flat().flatMap((list) => list.rows);
  const count = rows[0]?.length ?? 0;
  const spreads = Array.from({ length: count }, (_, at) => spreadOf(rows, at));
  const scaled = usable.map((lists) =>
    lists.map((list) => ({
      ...list,
      rows: list.rows.map((row) =>
        row.map((value, at) => ((spreads[at] ?? 0) < 1e-9 ? 0 : value / (spreads[at] ?? 1))),
      ),
    })),
  );
  const weights = Array.from({ length: count }, () => 0);
  const [first, second] = [[...weights], [...weights]];
  for (let round = 1; round <= rounds; round += 1) {
    const gradient = weights.map((weight) => penalty * weight);
    for (const lists of scaled) {
      for (const list of lists) addGradient(list, weights, 1 / (lists.length * scaled.length), gradient);
    }
    const step = 0.05 * (round < (2 * rounds) / 3 ? 1 : 0.2);
    for (const [at, slope] of gradient.entries()) {
      first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      second[at] = 0.99 * (second[at] ?? 0) + 0.01 * slope * slope;
      const mean = (first[at] ?? 0) / (1 - 0.9 ** round);
      const size = Math.sqrt((second[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8;
      weights[at] = (weights[at] ?? 0) - (step * mean) / size;
    }
  }
  return weights.map((weight, at) => ((spreads[at] ?? 0) < 1e-9 ? 0 : weight / (spreads[at] ?? 1)));
}

/** Fits `1 / (1 + exp(-(slope * score + intercept)))` to scores of which is known whether they are right (Platt, 1999). */
export function fitProbability(scored: readonly { readonly score: number; readonly isRight: boolean }[]) {
  const mean = scored.reduce((sum, { score }) => sum + score, 0) / scored.length;
  const share = scored.filter(({ isRight }) => isRight).length / scored.length;
  // Newton's method on two numbers, from where the score says nothing; the sums are its gradient and second derivatives.
  let [slope, shift] = [0, Math.log(share / (1 - share))];
  for (let round = 0; round < 50; round += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (const { score, isRight } of scored) {
      const x = score - mean;
      const probability = 1 / (1 + Math.exp(-(slope * x + shift)));
      const error = probability - (isRight ? 1 : 0);
      const curve = probability * (1 - probability);
      g0 += error * x;
      g1 += error;
      h00 += curve * x * x;
      h01 += curve * x;
      h11 += curve;
    }
    const determinant = h00 * h11 - h01 * h01;
    slope -= (h11 * g0 - h01 * g1) / determinant;
    shift -= (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope, intercept: shift - slope * mean };
}
