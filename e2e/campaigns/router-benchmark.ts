// What the learned router makes of every budget, on questions of texts that it was not taught with, against drawing lots and
// against the length of the question; a report in Markdown.
//
//   npm run campaign -- router-benchmark MEASURED.jsonl REPORT.md
//
// MEASURED is what `measure-router` wrote; its strong model is simulated by an oracle over the gold answers. Ends with 1 when
// the router is not better than both at each budget.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { routerModel } from '../../electron/services/routing/router-model.ts';
import { weighGain } from '../../electron/services/routing/weigh-gain.ts';
import { listCost } from '../../electron/services/usage/price-list.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';
import {
  bounds,
  budgetCurve,
  drawTexts,
  firstWith,
  gapRecovered,
  qualityAt,
  qualityAtCost,
  randomQualityAt,
} from './routing/judge-router.ts';
import type { PricedQuestion } from './routing/judge-router.ts';
import { chancesByFolds, foldOf, folds, viewsOf } from './routing/learn-router.ts';
import type { MeasuredQuestion } from './routing/measured-question.ts';
import { readMeasured } from './routing/read-measured.ts';

/** Prices of a strong model of today stand in for those of the simulated one. */
const strongModel = { provider: 'openai', modelName: 'gpt-5.1', at: new Date('2026-11-23T00:00:00Z') };

const budgets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const draws = 1_000;

/** Its chance alone decides where a question with a local answer goes; the answer gives the reason its words. */
const anyAnswer = { supported: null, tokenProbability: null, confidence: null, isWithheld: false };

type Router = { readonly name: string; readonly chances: readonly number[] };

const priceOf = ({ inputTokens, outputTokens }: MeasuredQuestion): number =>
  listCost(strongModel.provider, strongModel.modelName, { inputTokens, outputTokens }, strongModel.at) ?? 0;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const three = (value: number): string => value.toFixed(3);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The middle, and the bounds of nine tenths of the draws. */
function spreadOf(values: readonly number[], write: (value: number) => string): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): string => write(sorted[Math.round(share * (sorted.length - 1))] ?? 0);
  return `${at(0.5)} (${at(0.05)} to ${at(0.95)})`;
}

/** `unit`: budgets are shares of calls, or of what all calls cost. */
function qualityTable(
  questions: readonly PricedQuestion[],
  routers: readonly Router[],
  unit: 'calls' | 'cost',
): string {
  const curves = routers.map(({ chances }) => budgetCurve(questions, chances));
  return table(
    [unit === 'calls' ? 'Strong calls' : 'Cost', 'Lots', ...routers.map(({ name }) => name)],
    budgets.map((budget) => [
      percent(budget),
      three(randomQualityAt(questions, budget)),
      ...curves.map((curve) => three(unit === 'calls' ? qualityAt(curve, budget) : qualityAtCost(curve, budget))),
    ]),
  );
}

function equalQualityTable(questions: readonly PricedQuestion[], routers: readonly Router[]): string {
  const levels = [0.8, 0.9, 0.95, 1];
  return table(
    ['Share of the strong model’s quality', ...routers.flatMap(({ name }) => [`${name}: calls`, 'cost'])],
    levels.map((level) => [
      percent(level),
      ...routers.flatMap(({ chances }) => {
        const { calls, cost } = firstWith(questions, budgetCurve(questions, chances), level);
        return [percent(calls), percent(cost)];
      }),
    ]),
  );
}

/** Over draws of texts: area under the gap-recovered curve, and cost at 95 % of the strong model's quality. */
function spreadTable(questions: readonly PricedQuestion[], routers: readonly Router[]): string {
  const random = createSeededRandom(23);
  const drawn = Array.from({ length: draws }, () => drawTexts(questions, random));
  return table(
    ['Router', 'Area under the gap-recovered curve', 'Calls at 95 %', 'Cost at 95 %'],
    routers.map(({ name, chances }) => {
      const results = drawn.map((places) => {
        const own = places.flatMap((at) => questions[at] ?? []);
        const curve = budgetCurve(
          own,
          places.map((at) => chances[at] ?? 0),
        );
        return { area: gapRecovered(own, curve), ...firstWith(own, curve, 0.95) };
      });
      return [
        name,
        spreadOf(
          results.map(({ area }) => area),
          three,
        ),
        spreadOf(
          results.map(({ calls }) => calls),
          percent,
        ),
        spreadOf(
          results.map(({ cost }) => cost),
          percent,
        ),
      ];
    }),
  );
}

/** What each place of the slider makes of the questions, as the app decides: first by the question, then by the local answer. */
function sliderTable(questions: readonly PricedQuestion[], before: Router, after: Router): string {
  const all = questions.reduce((sum, { cost }) => sum + cost, 0);
  return table(
    ['Slider', 'Leave at once', 'Leave after the local answer', 'Cost', 'Quality'],
    [0, 0.25, 0.5, 0.75, 1].map((place) => {
      const leaves = ({ chances }: Router, at: number, hasAnswer: boolean): boolean =>
        weighGain(chances[at] ?? 0, hasAnswer ? anyAnswer : null, place, null).place === 'remote';
      const atOnce = questions.map((_, at) => leaves(before, at, false));
      const later = questions.map((_, at) => atOnce[at] !== true && leaves(after, at, true));
      const left = questions.filter((_, at) => atOnce[at] === true || later[at] === true);
      const quality = questions.map((one) => (left.includes(one) ? one.strongQuality : one.localQuality));
      const share = (flags: readonly boolean[]): string => percent(flags.filter(Boolean).length / questions.length);
      const cost = left.reduce((sum, one) => sum + one.cost, 0) / all;
      const mean = quality.reduce((sum, value) => sum + value, 0) / questions.length;
      return [`${place}`, share(atOnce), share(later), percent(cost), three(mean)];
    }),
  );
}

/** Of each fold by itself: the area, and in how many of the budgets each router is better than lots. */
function foldTable(
  questions: readonly PricedQuestion[],
  inFold: (at: number) => readonly number[],
  routers: readonly Router[],
): string {
  return table(
    ['Fold', 'Questions', ...routers.map(({ name }) => name)],
    Array.from({ length: folds }, (_, fold) => {
      const places = inFold(fold);
      const own = places.flatMap((at) => questions[at] ?? []);
      const areas = routers.map(({ chances }) =>
        gapRecovered(
          own,
          budgetCurve(
            own,
            places.map((at) => chances[at] ?? 0),
          ),
        ),
      );
      return [`${fold + 1}`, `${own.length}`, ...areas.map(three)];
    }),
  );
}

/** Budgets at which a router is not better than lots and than each of the others. */
function missedBudgets(
  questions: readonly PricedQuestion[],
  { chances }: Router,
  others: readonly Router[],
  at: typeof qualityAt,
): readonly number[] {
  const own = budgetCurve(questions, chances);
  const curves = others.map((other) => budgetCurve(questions, other.chances));
  return budgets.filter((budget) => {
    const rivals = [randomQualityAt(questions, budget), ...curves.map((curve) => at(curve, budget))];
    return at(own, budget) <= Math.max(...rivals);
  });
}

/** Words of a question, as one that knows nothing else takes for how hard it is; either way round. */
const lengthOf = ({ question }: MeasuredQuestion): number => question.split(/\s+/).length;

function verdict(missed: readonly number[], name: string, unit: 'calls' | 'cost'): string {
  const where = missed.map(percent).join(', ');
  return missed.length === 0
    ? `- ${name}: better than lots and than the length at each of ${budgets.length} budgets of ${unit}.`
    : `- ${name}: **not** better than both at ${where} of the ${unit}.`;
}

async function judge(measuredPath: string, target: string): Promise<boolean> {
  const measured = await readMeasured(measuredPath);
  const views = viewsOf(routerModel.projection);
  const questions = measured.map((one): PricedQuestion => ({ ...one, cost: priceOf(one) }));
  const before = { name: 'Question', chances: chancesByFolds(views.before, measured) };
  const after = { name: 'With the local answer', chances: chancesByFolds(views.after, measured) };
  const lengths = [
    { name: 'Longest first', chances: measured.map(lengthOf) },
    { name: 'Shortest first', chances: measured.map((one) => -lengthOf(one)) },
  ];
  const best = { name: 'Best possible', chances: measured.map((one) => one.strongQuality - one.localQuality) };
  const forMoney = [before, after, best].map(({ name, chances }) => ({
    name: `${name}, for its cost`,
    chances: chances.map((chance, at) => chance / (questions[at]?.cost ?? 1)),
  }));
  const cheapest = { name: 'Cheapest first', chances: questions.map(({ cost }) => -cost) };
  const missed = [before, after].map(
    (router) => [router.name, missedBudgets(questions, router, lengths, qualityAt), 'calls'] as const,
  );
  const missedForMoney = forMoney
    .slice(0, 2)
    .map((router) => [router.name, missedBudgets(questions, router, lengths, qualityAtCost), 'cost'] as const);
  const { local, strong } = bounds(questions);
  const all = questions.reduce((sum, { cost }) => sum + cost, 0) / questions.length / 1e6;
  const fold = foldOf(measured);
  const inFold = (wanted: number) => measured.flatMap((one, at) => (fold(one) === wanted ? [at] : []));
  const sets = [...new Set(measured.map(({ set }) => set))].map((set) => {
    const own = questions.filter((_, at) => measured[at]?.set === set);
    const ends = bounds(own);
    return [set, `${own.length}`, three(ends.local), three(ends.strong)];
  });
  const report = [
    '# Router benchmark',
    `The strong model is **simulated**: an oracle over the gold answers, which says them where the passages that it is given hold them. The local model is SmolLM2-135M-Instruct with the answering that is built in. ${measured.length} questions of ${new Set(measured.map(({ text }) => text)).size} texts; every chance comes from a model that was learned without the text of its question (${folds} folds). Quality is 0 to 1: ${three(local)} here, ${three(strong)} there. Cost as ${strongModel.modelName} is priced: $${all.toFixed(4)} a question when all go there.`,
    table(['Set', 'Questions', 'Quality here', 'Quality there'], sets),
    '## Quality at every budget of calls',
    qualityTable(questions, [...lengths, before, after, best], 'calls'),
    missed.map(([name, where, unit]) => verdict(where, name, unit)).join('\n'),
    '## Quality at every budget of money',
    qualityTable(questions, [...lengths, cheapest, ...forMoney], 'cost'),
    missedForMoney.map(([name, where, unit]) => verdict(where, name, unit)).join('\n'),
    '## What the slider does',
    sliderTable(questions, before, after),
    '## Calls and cost at equal quality',
    equalQualityTable(questions, [...lengths, before, after, cheapest, ...forMoney.slice(0, 2)]),
    `## Spread, over ${draws} draws of the texts: middle, and 5 to 95 %`,
    spreadTable(questions, [...lengths, before, after, best]),
    '## Area under the gap-recovered curve by fold (lots: 0.5)',
    foldTable(questions, inFold, [...lengths, before, after]),
  ].join('\n\n');
  await writeFile(target, `${report}\n`);
  console.log(report);
  return [...missed, ...missedForMoney].every(([, where]) => where.length === 0);
}

const [measured, target] = process.argv.slice(2);
if (measured === undefined || target === undefined) {
  console.error('Usage: npm run campaign -- router-benchmark MEASURED.jsonl REPORT.md');
  process.exitCode = 2;
} else if (!(await judge(resolve(measured), resolve(target)))) {
  process.exitCode = 1;
}
