// From what was measured of questions to the model of the router, and to the chances that questions get from models which
// were learned without their texts.
import { guessLanguage } from '../../../electron/services/routing/guess-language.ts';
import {
  afterNames,
  answerFeatures,
  beforeNames,
  questionFeatures,
} from '../../../electron/services/routing/question-features.ts';
import type { Measurement } from '../../../electron/services/routing/question-features.ts';
import { chanceOf, project } from '../../../electron/services/routing/router-model.ts';
import type { Regression, RouterModel } from '../../../electron/services/routing/router-model.ts';
import { fitLogistic } from '../grounds/fit-logistic.ts';
import type { MeasuredQuestion } from './measured-question.ts';

/** How much better the strong answer must be to count as better, of a quality from 0 to 1. */
export const leastGain = 0.2;

/** Held back the more, the fewer questions there are for so many measurements. */
export const penalty = 0.02;

export const folds = 5;

/** What may be looked at: measurements in the order of their names. */
type View = { readonly names: readonly string[]; readonly of: (one: MeasuredQuestion) => readonly Measurement[] };

/** By the question, and by the question with the local answer, as the app measures both. */
export function viewsOf(projection: RouterModel['projection']): { readonly before: View; readonly after: View } {
  const before = (one: MeasuredQuestion): readonly Measurement[] =>
    questionFeatures(
      { task: one.task, text: one.question },
      guessLanguage(one.question),
      project(projection, one.vector),
    );
  const after = (one: MeasuredQuestion): readonly Measurement[] => [...before(one), ...answerFeatures(one.localAnswer)];
  return { before: { names: beforeNames, of: before }, after: { names: afterNames, of: after } };
}

export const isBetterThere = ({ localQuality, strongQuality }: MeasuredQuestion): boolean =>
  strongQuality - localQuality >= leastGain;

const rounded = (value: number): number => Number(value.toFixed(3));

/** Fits one view; what was not measured stands at the mean of what was. */
export function fitView(view: View, questions: readonly MeasuredQuestion[]): Regression {
  const measured = questions.map((one) => view.of(one));
  const means = view.names.map((_, at) => {
    const known = measured.flatMap((values) => values[at] ?? []);
    return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  });
  const rows = questions.map((one, index) => ({
    values: view.names.map((_, at) => measured[index]?.[at] ?? means[at] ?? 0),
    isTrue: isBetterThere(one),
    share: 1,
  }));
  const { features, intercept } = fitLogistic(rows, penalty);
  const named = view.names.map((name, at) => {
    const { mean = 0, spread = 1, weight = 0 } = features[at] ?? {};
    return [name, { mean: rounded(mean), spread: Math.max(0.001, rounded(spread)), weight: rounded(weight) }] as const;
  });
  return { features: Object.fromEntries(named), intercept: rounded(intercept) };
}

/** Folds of the texts, in the order of their names mixed by a hash, so that no fold has one set alone. */
export function foldOf(questions: readonly MeasuredQuestion[]): (one: MeasuredQuestion) => number {
  const hash = (text: string): number =>
    Array.from(text).reduce((sum, sign) => (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) >>> 0, 7);
  const texts = [...new Set(questions.map(({ text }) => text))].sort((one, other) => hash(one) - hash(other));
  const places = new Map(texts.map((text, at) => [text, at % folds]));
  return ({ text }) => places.get(text) ?? 0;
}

/** The chance of each question, from a model that was learned without the questions of its fold. */
export function chancesByFolds(view: View, questions: readonly MeasuredQuestion[]): readonly number[] {
  const fold = foldOf(questions);
  const models = Array.from({ length: folds }, (_, at) =>
    fitView(
      view,
      questions.filter((one) => fold(one) !== at),
    ),
  );
  return questions.map((one) => {
    const model = models[fold(one)];
    return model === undefined ? 0 : chanceOf(model, view.names, view.of(one));
  });
}
