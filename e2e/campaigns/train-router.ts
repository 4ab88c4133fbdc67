// Learns where a large model answers better, from what `measure-router` measured; writes `resources/routing/router.json`.
//
//   npm run campaign -- train-router MEASURED.jsonl ARTICLES OUT.json
//
// ARTICLES is the folder that was measured with: questions of it that were not measured give the directions in which
// questions differ, so that these know nothing of any answer. The strong model was simulated by an oracle over gold answers.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { directionCount } from '../../electron/services/routing/question-features.ts';
import type { RouterModel } from '../../electron/services/routing/router-model.ts';
import { createRealEngine, embedderPath } from '../../electron/testing/real-engine.ts';
import { findDirections } from './routing/find-directions.ts';
import { fitView, isBetterThere, leastGain, penalty, viewsOf } from './routing/learn-router.ts';
import type { MeasuredQuestion } from './routing/measured-question.ts';
import { readMeasured } from './routing/read-measured.ts';

const articlesSchema = z.object({
  data: z.array(z.object({ paragraphs: z.array(z.object({ qas: z.array(z.object({ question: z.string() })) })) })),
});

/** Questions that the directions are found with. */
const directionQuestions = 800;

const signal = new AbortController().signal;

async function readOthers(articles: string, measured: readonly MeasuredQuestion[]): Promise<readonly string[]> {
  const names = (await readdir(articles)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => articlesSchema.parse(JSON.parse(await readFile(join(articles, name), 'utf8')))),
  );
  const known = new Set(measured.map(({ question }) => question.split('\n').at(-1)?.trim()));
  const all = files.flatMap(({ data }) =>
    data.flatMap(({ paragraphs }) => paragraphs.flatMap(({ qas }) => qas.map(({ question }) => question.trim()))),
  );
  const others = [...new Set(all)].filter((question) => !known.has(question));
  const step = Math.max(1, others.length / directionQuestions);
  return others.filter((_, at) => at % step < 1);
}

async function findProjection(texts: readonly string[]): Promise<RouterModel['projection']> {
  const { engine } = createRealEngine();
  try {
    await engine.load({ slot: 'embedding', path: embedderPath }, { signal });
    const vectors = await engine.embed(texts, { priority: 'interactive', signal });
    const { mean, directions } = findDirections(
      vectors.map((vector) => [...vector]),
      directionCount,
    );
    const rounded = (values: readonly number[]): readonly number[] => values.map((value) => Number(value.toFixed(3)));
    return { mean: rounded(mean), directions: directions.map(rounded) };
  } finally {
    await engine.close();
  }
}

/** Numbers of one list stay on one line: the file is read by people too. */
const write = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(/\[[-\d.,\s]+\]/g, (list) => list.replaceAll(/\s+/g, ''))}\n`;

async function train(measuredPath: string, articles: string, target: string): Promise<void> {
  const questions = await readMeasured(measuredPath);
  const projection = await findProjection(await readOthers(articles, questions));
  const views = viewsOf(projection);
  const sets = [...new Set(questions.map(({ set }) => set))].map((set) => {
    const own = questions.filter((one) => one.set === set);
    return { set, questions: own.length, betterThere: own.filter(isBetterThere).length };
  });
  const from = {
    data: sets,
    localModel: 'SmolLM2-135M-Instruct Q4_1',
    strongModel:
      'simulated: an oracle over the gold answers, which says them where the passages that it is given hold them',
    embedder: 'all-MiniLM-L6-v2-Q8_0',
    date: new Date().toISOString().slice(0, 10),
    method: `e2e/campaigns/train-router.ts: logistic regression with a ridge of ${penalty}; the strong model is better where its quality is greater by at least ${leastGain}. The directions are the first ${directionCount} principal components of ${directionQuestions} other questions of the same articles. Figures: e2e/campaigns/router-benchmark.ts.`,
  };
  const strength = { parameterCount: 134_515_008, perDoubling: 0.45 };
  const model = {
    from,
    projection,
    strength,
    before: fitView(views.before, questions),
    after: fitView(views.after, questions),
  };
  await writeFile(target, write(model));
  console.log(JSON.stringify(sets));
}

const [measured, articles, target] = process.argv.slice(2);
if (measured === undefined || articles === undefined || target === undefined) {
  console.error('Usage: npm run campaign -- train-router MEASURED.jsonl ARTICLES OUT.json');
  process.exitCode = 2;
} else {
  await train(resolve(measured), resolve(articles), resolve(target));
}
