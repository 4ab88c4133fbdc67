// From what was measured of passages to a calibration: how likely each holds the answer, how likely any does, and the
// threshold, with the figures of models that were learned without the documents on which they are tried.
import { groundNames } from '../../../electron/services/answers/ground-features.ts';
import { logOddsOfAny } from '../../../electron/services/answers/judge-grounds.ts';
import { areaUnderCurve, pointAt, withholdingCurve } from '../../../electron/services/evaluation/withholding.ts';
import type { Judged } from '../../../electron/services/evaluation/withholding.ts';
import { fitProbability } from '../ranking/fit-weights.ts';
import { fitLogistic, probabilityOf } from './fit-logistic.ts';
import type { LogisticModel, LogisticRow } from './fit-logistic.ts';

/** A question as it was asked: what was measured of each passage that was read, and which hold the answer. */
export type MeasuredQuestion = {
  readonly isAnswerable: boolean;
  readonly passages: readonly (readonly number[])[];
  readonly isRight: readonly boolean[];
  /** How strong the best sentence of each passage is by itself. */
  readonly strengths: readonly number[];
};

/** The questions of one document stay in one fold. */
export type MeasuredDocument = { readonly set: string; readonly questions: readonly MeasuredQuestion[] };

const folds = 5;
const penalty = 0.002;

/**
 * An answer that is withheld though the documents hold it counts as much as so many that are given though they do not: the
 * passages are shown beside those, and people word questions to their own documents less like the text than those who made
 * these sets.
 */
const costOfWithholding = 8;

const rounded = (value: number): number => Number(value.toFixed(3));

/** A question whose passages were judged by a model that was learned without its document. */
type JudgedQuestion = MeasuredQuestion & { readonly set: string; readonly chances: readonly number[] };

/** Every set counts the same, whatever its size, and in it the questions with an answer and those without. */
function rowsOf(documents: readonly MeasuredDocument[]): readonly LogisticRow[] {
  const all = documents.flatMap(({ set, questions }) => questions.map((question) => ({ set, question })));
  return all.flatMap(({ set, question }) => {
    const alike = all.filter((one) => one.set === set && one.question.isAnswerable === question.isAnswerable).length;
    return question.passages.map((values, at) => ({ values, isTrue: question.isRight[at] === true, share: 1 / alike }));
  });
}

const judge = (model: LogisticModel, { set, questions }: MeasuredDocument): readonly JudgedQuestion[] =>
  questions.map((question) => ({
    ...question,
    set,
    chances: question.passages.map((values) => probabilityOf(model, values)),
  }));

function judgeByFolds(documents: readonly MeasuredDocument[]): readonly JudgedQuestion[] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = fitLogistic(rowsOf(documents.filter((__, index) => index % folds !== fold)), penalty);
    return documents.filter((__, index) => index % folds === fold).flatMap((one) => judge(model, one));
  }).flat();
}

/** How often the passage with the greatest sum is right, of the questions with an answer among what was read. */
function firstRight(
  judged: readonly JudgedQuestion[],
  weigh: (question: JudgedQuestion, at: number) => number,
): number {
  const asked = judged.filter(({ isAnswerable }) => isAnswerable);
  const right = asked.filter((question) => {
    const sums = question.passages.map((_, at) => weigh(question, at));
    return question.isRight[sums.indexOf(Math.max(...sums))];
  });
  return rounded(right.length / Math.max(1, asked.length));
}

type Placed = Judged & { readonly set: string };

function figuresOf(judged: readonly JudgedQuestion[], placed: readonly Placed[], threshold: number) {
  const { unanswerableWithheld, answerableWithheld } = pointAt(placed, threshold);
  return {
    questions: judged.filter(({ isAnswerable }) => isAnswerable).length,
    areaUnderCurve: rounded(areaUnderCurve(placed)),
    unanswerableWithheld: rounded(unanswerableWithheld),
    answerableWithheld: rounded(answerableWithheld),
    firstCitationRight: {
      bySearch: firstRight(judged, (_, at) => -at),
      byChance: firstRight(judged, ({ chances }, at) => chances[at] ?? 0),
      // What the strongest sentence cites when the chance of its passage counts so much beside it.
      ...Object.fromEntries(
        [0.6, 1.2, 1.8, 3].map((share) => [
          `bySentence${share}`,
          firstRight(judged, ({ chances, strengths }, at) => (strengths[at] ?? 0) + share * (chances[at] ?? 0)),
        ]),
      ),
    },
  };
}

/** About twenty points of the curve, for people. */
function thinned(judged: readonly Judged[]) {
  const curve = withholdingCurve(judged);
  const step = Math.max(1, Math.floor(curve.length / 20));
  return curve
    .filter((_, index) => index % step === 0)
    .map(({ threshold, unanswerableWithheld, answerableWithheld }) =>
      [threshold, unanswerableWithheld, answerableWithheld].map(rounded),
    );
}

/** The threshold that costs least; the middle of where it does, so that neither side is cut close. */
function cheapestThreshold(judged: readonly Judged[]): number {
  const curve = withholdingCurve(judged).map((point) => ({
    ...point,
    cost: 1 - point.unanswerableWithheld + costOfWithholding * point.answerableWithheld,
  }));
  const least = Math.min(...curve.map(({ cost }) => cost));
  const at = curve.findIndex(({ cost }) => cost === least);
  return ((curve[at]?.threshold ?? 0) + (curve[at - 1]?.threshold ?? 0)) / 2;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? 0;

/** Of what documents, and the model as the app reads it. */
export function learnGrounds(documents: readonly MeasuredDocument[]) {
  const judged = judgeByFolds(documents);
  const scored = judged.map(({ chances, isAnswerable }) => ({ score: logOddsOfAny(chances), isRight: isAnswerable }));
  const any = fitProbability(scored);
  const placed = judged.map(({ set, isAnswerable }, index): Placed => {
    const odds = any.slope * (scored[index]?.score ?? 0) + any.intercept;
    return { set, isAnswerable, confidence: 1 / (1 + Math.exp(-odds)) };
  });
  const sets = [...new Set(documents.map(({ set }) => set))];
  const inSet = <Item extends { readonly set: string }>(items: readonly Item[], set: string): readonly Item[] =>
    items.filter((one) => one.set === set);
  const threshold = cheapestThreshold(placed);
  const answerable = placed.filter(({ isAnswerable }) => isAnswerable).map(({ confidence }) => confidence);
  const model = fitLogistic(rowsOf(documents), penalty);
  const features = groundNames.map((name, at) => {
    const { mean = 0, spread = 1, weight = 0 } = model.features[at] ?? {};
    return [name, { mean: rounded(mean), spread: rounded(spread), weight: rounded(weight) }] as const;
  });
  return {
    from: {
      data: sets.map((set) => ({
        set,
        documents: inSet(documents, set).length,
        ...figuresOf(inSet(judged, set), inSet(placed, set), threshold),
      })),
      together: figuresOf(judged, placed, threshold),
      date: new Date().toISOString().slice(0, 10),
      embedder: 'all-MiniLM-L6-v2-Q8_0',
      method: `e2e/campaigns/train-grounds.ts: how likely each of the passages that are read holds the answer, by logistic regression with a ridge of ${penalty}, the sets weighing the same; the confidence is that of any of them, by Platt scaling. Each question is asked as it is, and with its answer and about a page around it taken out of what is searched. Figures of ${folds} folds over documents. The threshold costs least when an answer that is wrongly withheld counts ${costOfWithholding} times one that is wrongly given. No measurement of a chat model goes in, so it holds for any.`,
      curve: { columns: ['threshold', 'unanswerableWithheld', 'answerableWithheld'], points: thinned(placed) },
    },
    model: {
      passage: { features: Object.fromEntries(features), intercept: rounded(model.intercept) },
      any: { slope: rounded(any.slope), intercept: rounded(any.intercept) },
      threshold: rounded(threshold),
      levels: { high: rounded(quantile(answerable, 0.6)), medium: rounded(quantile(answerable, 0.25)) },
    },
  };
}
