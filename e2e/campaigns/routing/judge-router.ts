// What a router makes of a budget: the quality of all questions when the strong model answers those that it ranks first.
import type { MeasuredQuestion } from './measured-question.ts';

/** A question with what a call of the strong model costs, in any unit. */
export type PricedQuestion = Pick<MeasuredQuestion, 'text' | 'localQuality' | 'strongQuality'> & {
  readonly cost: number;
};

/** After so many calls of the strong model: shares of calls and of cost, 0 to 1, and the mean quality. */
export type BudgetPoint = { readonly calls: number; readonly cost: number; readonly quality: number };

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Quality where all is answered here, and where all is answered there. */
export function bounds(questions: readonly PricedQuestion[]): { readonly local: number; readonly strong: number } {
  return {
    local: mean(questions.map(({ localQuality }) => localQuality)),
    strong: mean(questions.map(({ strongQuality }) => strongQuality)),
  };
}

/** The points from no call to all, the questions with the greatest chances first. */
export function budgetCurve(questions: readonly PricedQuestion[], chances: readonly number[]): readonly BudgetPoint[] {
  const order = [...questions.keys()].sort((one, other) => (chances[other] ?? 0) - (chances[one] ?? 0));
  const all = questions.reduce((sum, { cost }) => sum + cost, 0);
  let [cost, quality] = [0, bounds(questions).local];
  const points: BudgetPoint[] = [{ calls: 0, cost, quality }];
  for (const [rank, at] of order.entries()) {
    const one = questions[at];
    if (one === undefined) continue;
    cost += one.cost / all;
    quality += (one.strongQuality - one.localQuality) / questions.length;
    points.push({ calls: (rank + 1) / questions.length, cost, quality });
  }
  return points;
}

/** The quality at a share of calls. */
export const qualityAt = (curve: readonly BudgetPoint[], calls: number): number =>
  curve[Math.round(calls * (curve.length - 1))]?.quality ?? 0;

/** The quality at a share of the cost of all: of as many calls as it pays for. */
export const qualityAtCost = (curve: readonly BudgetPoint[], cost: number): number =>
  curve.findLast((point) => point.cost <= cost + 1e-9)?.quality ?? 0;

/** The quality of a router that draws lots, which is on the line between both ends. */
export const randomQualityAt = (questions: readonly PricedQuestion[], calls: number): number => {
  const { local, strong } = bounds(questions);
  return local + calls * (strong - local);
};

/** Mean share of the gap between both models that is closed, over all budgets of calls; 0.5 for lots. */
export function gapRecovered(questions: readonly PricedQuestion[], curve: readonly BudgetPoint[]): number {
  const { local, strong } = bounds(questions);
  return mean(curve.map(({ quality }) => (quality - local) / (strong - local)));
}

/** The first point that has this share of the strong model's quality. */
export function firstWith(
  questions: readonly PricedQuestion[],
  curve: readonly BudgetPoint[],
  share: number,
): BudgetPoint {
  const wanted = share * bounds(questions).strong;
  return curve.find(({ quality }) => quality >= wanted - 1e-9) ?? { calls: 1, cost: 1, quality: wanted };
}

/** Draws as many texts as there are, with repetition; returns the places of their questions. */
export function drawTexts(questions: readonly PricedQuestion[], random: () => number): readonly number[] {
  const byText = new Map<string, number[]>();
  for (const [at, { text }] of questions.entries()) byText.set(text, [...(byText.get(text) ?? []), at]);
  const texts = [...byText.values()];
  return texts.flatMap(() => texts[Math.floor(random() * texts.length)] ?? []);
}
