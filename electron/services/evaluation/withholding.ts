/** How sure the app was that the documents hold the answer, and whether they do. */
export type Judged = { readonly confidence: number; readonly isAnswerable: boolean };

/** What a threshold would do: shares of the questions that it withholds, 0 to 1. */
export type ThresholdPoint = {
  /** Questions with less confidence are withheld. */
  readonly threshold: number;
  readonly unanswerableWithheld: number;
  readonly answerableWithheld: number;
};

const share = (judged: readonly Judged[], threshold: number): number =>
  judged.filter(({ confidence }) => confidence < threshold).length / Math.max(1, judged.length);

/** The figures of one threshold. */
export function pointAt(judged: readonly Judged[], threshold: number): ThresholdPoint {
  return {
    threshold,
    unanswerableWithheld: share(
      judged.filter(({ isAnswerable }) => !isAnswerable),
      threshold,
    ),
    answerableWithheld: share(
      judged.filter(({ isAnswerable }) => isAnswerable),
      threshold,
    ),
  };
}

/** The whole curve: one point for each threshold that makes a difference, growing. */
export function withholdingCurve(judged: readonly Judged[]): readonly ThresholdPoint[] {
  const thresholds = [...new Set([0, ...judged.map(({ confidence }) => confidence), 1.000001])];
  return thresholds.sort((one, other) => one - other).map((threshold) => pointAt(judged, threshold));
}

/** The threshold that withholds most of the unanswerable while it withholds at most this share of the answerable. */
export function bestThreshold(judged: readonly Judged[], mostAnswerable: number): number {
  const allowed = withholdingCurve(judged).filter(({ answerableWithheld }) => answerableWithheld <= mostAnswerable);
  const most = Math.max(0, ...allowed.map(({ unanswerableWithheld }) => unanswerableWithheld));
  const lowest = allowed.find(({ unanswerableWithheld }) => unanswerableWithheld === most)?.threshold ?? 0;
  // The middle between the last that is withheld and the first that is not: neither side is cut close.
  const below = judged.map(({ confidence }) => confidence).filter((confidence) => confidence < lowest);
  return (Math.max(0, ...below) + lowest) / 2;
}

/** The figures of thresholds that were each chosen without the questions on which they are tried. */
export function crossValidated(
  judged: readonly Judged[],
  { folds, mostAnswerable }: { readonly folds: number; readonly mostAnswerable: number },
): Omit<ThresholdPoint, 'threshold'> {
  const withheld = judged.flatMap((one, index) => {
    const others = judged.filter((_, other) => other % folds !== index % folds);
    return one.confidence < bestThreshold(others, mostAnswerable) ? [one] : [];
  });
  const of = (isAnswerable: boolean): number =>
    withheld.filter((one) => one.isAnswerable === isAnswerable).length /
    Math.max(1, judged.filter((one) => one.isAnswerable === isAnswerable).length);
  return { unanswerableWithheld: of(false), answerableWithheld: of(true) };
}

/** How often an answerable question has the higher confidence of a pair, 0 to 1; 0.5 is chance, and where one kind is missing. */
export function areaUnderCurve(judged: readonly Judged[]): number {
  const answerable = judged.filter(({ isAnswerable }) => isAnswerable);
  const unanswerable = judged.filter(({ isAnswerable }) => !isAnswerable);
  if (answerable.length === 0 || unanswerable.length === 0) return 0.5;
  let won = 0;
  for (const { confidence } of answerable) {
    for (const other of unanswerable) {
      won += confidence > other.confidence ? 1 : confidence === other.confidence ? 0.5 : 0;
    }
  }
  return won / (answerable.length * unanswerable.length);
}
