// Learns how sure the app may be that documents hold an answer, and which passage it cites first; writes
// `resources/answers/calibration.json`.
//
//   npm run campaign -- train-grounds MEETINGS ARTICLES OUT.json [STEP] [MOST]
//
// MEETINGS is a folder of QMSum's train split, ARTICLES a file of SQuAD 2.0; both stay outside the repository. Every
// STEPth meeting and every second article is taken, MOST questions of each. Each question is asked twice: as it is, and with
// its answer taken out of what is searched. Nothing of the sets that the product is measured with goes in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { citingFeatures, readFound } from '../../electron/services/answers/find-evidence.ts';
import { groundFeatures, groundNames } from '../../electron/services/answers/ground-features.ts';
import { rankingWeights } from '../../electron/services/documents/ranking/ranking-weights.ts';
import { searchPassages } from '../../electron/services/documents/search-passages.ts';
import { touches } from '../../electron/services/evaluation/gold-spans.ts';
import { createHiddenPlaces } from '../../electron/services/evaluation/hidden-places.ts';
import {
  areaUnderCurve,
  bestThreshold,
  crossValidated,
  withholdingCurve,
} from '../../electron/services/evaluation/withholding.ts';
import type { Judged } from '../../electron/services/evaluation/withholding.ts';
import { openDocumentServices } from '../../electron/testing/open-document-services.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { fitLogistic, probabilityOf } from './grounds/fit-logistic.ts';
import type { LogisticRow } from './grounds/fit-logistic.ts';
import { fitWeights } from './ranking/fit-weights.ts';
import type { TrainingList } from './ranking/fit-weights.ts';
import { readArticles, readMeetings } from './ranking/training-texts.ts';
import type { TrainingText } from './ranking/training-texts.ts';

type Measured = {
  readonly name: string;
  readonly set: string;
  readonly rows: readonly { readonly values: readonly (number | null)[]; readonly isAnswerable: boolean }[];
  readonly lists: readonly TrainingList[];
};

type Services = Awaited<ReturnType<typeof openDocumentServices>>;

const signal = new AbortController().signal;
const folds = 5;
const penalty = 0.02;
const mostWithheld = 0.1;

/** Half of what may be withheld: other documents are not quite like those that were learned from. */
const aimedWithheld = mostWithheld / 2;

function createFinder(services: Services) {
  const hidden = createHiddenPlaces();
  const view = hidden.view(services.storage);
  const logger = createRecordingLogger();
  const parts = {
    passages: view.passages,
    documents: view.documents,
    embedder: { embed: services.embedQuestion },
    reranker: { rerank: () => Promise.resolve(null) },
    weights: rankingWeights,
    logger,
  };
  const engine = {
    embed: async (texts: readonly string[]) => (await services.embedQuestion(texts, signal)).vectors,
  };
  const find = async (id: TrainingIds['id'], query: string) => {
    const scope = { documentIds: [id], collectionIds: [] };
    const found = await searchPassages({ query, scope, mode: 'hybrid', limit: 10 }, parts, signal);
    const documents = { search: () => Promise.resolve(found) };
    const read = await readFound({ question: query, query }, found, { documents, engine, logger }, signal);
    return { read, features: groundFeatures(query, found, read) };
  };
  return { hidden, find };
}

type TrainingIds = Awaited<ReturnType<Services['documents']['add']>>;

async function measure(
  text: TrainingText,
  { folder, services, most, set }: { folder: string; services: Services; most: number; set: string },
): Promise<Measured> {
  const path = join(folder, `${text.name.replaceAll(/\W/g, '-')}.txt`);
  await writeFile(path, text.text);
  const { id } = await services.documents.add(services.ticketFor(path), signal);
  await services.documents.whenIndexed(id, signal);
  const { hidden, find } = createFinder(services);
  const rows: Measured['rows'][number][] = [];
  const lists: TrainingList[] = [];
  for (const { query, spans } of text.questions.slice(0, most)) {
    for (const isAnswerable of [true, false]) {
      if (!isAnswerable) hidden.hide(id, spans);
      const { read, features } = await find(id, query);
      hidden.show();
      rows.push({ values: groundNames.map((name) => features[name]), isAnswerable });
      if (!isAnswerable) continue;
      lists.push({
        rows: read.map(citingFeatures),
        isRight: read.map(({ found }) => touches(found.passage.place, spans)),
      });
    }
  }
  return { name: text.name, set, rows, lists };
}

/** Every set counts the same, whatever its size. */
function withShares(measured: readonly Measured[]): readonly LogisticRow[] {
  return measured.flatMap(({ set, rows }) => {
    const size = measured.filter((one) => one.set === set).reduce((sum, one) => sum + one.rows.length, 0);
    return rows.map((row) => ({ ...row, share: 1 / size }));
  });
}

/** Confidences from models that were learned without the document. */
function crossed(measured: readonly Measured[]): readonly (Judged & { readonly set: string })[] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = fitLogistic(withShares(measured.filter((__, index) => index % folds !== fold)), penalty);
    return measured
      .filter((__, index) => index % folds === fold)
      .flatMap(({ set, rows }) =>
        rows.map(({ values, isAnswerable }) => ({ set, isAnswerable, confidence: probabilityOf(model, values) })),
      );
  }).flat();
}

const rounded = (value: number): number => Number(value.toFixed(3));

function figuresOf(judged: readonly Judged[]) {
  const validated = crossValidated(judged, { folds, mostAnswerable: mostWithheld });
  return {
    questions: judged.length,
    areaUnderCurve: rounded(areaUnderCurve(judged)),
    unanswerableWithheld: rounded(validated.unanswerableWithheld),
    answerableWithheld: rounded(validated.answerableWithheld),
  };
}

function areaByFeature(measured: readonly Measured[]) {
  const rows = measured.flatMap((one) => one.rows);
  return Object.fromEntries(
    groundNames.map((name, at) => [
      name,
      rounded(
        areaUnderCurve(
          rows.flatMap(({ values, isAnswerable }) => {
            const value = values[at] ?? null;
            return value === null ? [] : [{ confidence: value, isAnswerable }];
          }),
        ),
      ),
    ]),
  );
}

/** About twenty points of the curve, for people. */
function thinned(judged: readonly Judged[]) {
  const curve = withholdingCurve(judged);
  const step = Math.max(1, Math.floor(curve.length / 20));
  return curve
    .filter((_, index) => index % step === 0)
    .map(({ threshold, unanswerableWithheld, answerableWithheld }) => [
      rounded(threshold),
      rounded(unanswerableWithheld),
      rounded(answerableWithheld),
    ]);
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? 0;

function firstRight(measured: readonly Measured[], weights: readonly number[]): number {
  const lists = measured.flatMap((one) => one.lists).filter(({ isRight }) => isRight.includes(true));
  const right = lists.filter(({ rows, isRight }) => {
    const scores = rows.map((row) => row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0));
    return isRight[scores.indexOf(Math.max(...scores))];
  });
  return rounded(right.length / Math.max(1, lists.length));
}

function calibrate(measured: readonly Measured[]) {
  const judged = crossed(measured);
  const model = fitLogistic(withShares(measured), penalty);
  const sets = [...new Set(measured.map(({ set }) => set))];
  const citing = fitWeights(
    sets.map((set) => measured.filter((one) => one.set === set).flatMap(({ lists }) => lists)),
    { penalty: 0.05, rounds: 300 },
  );
  const answerable = judged.filter(({ isAnswerable }) => isAnswerable).map(({ confidence }) => confidence);
  const [score = 0, rank = 0, similarity = 0, coverage = 0] = citing.map(rounded);
  return {
    from: {
      data: sets.map((set) => ({
        set,
        documents: measured.filter((one) => one.set === set).length,
        ...figuresOf(judged.filter((one) => one.set === set)),
      })),
      together: figuresOf(judged),
      date: new Date().toISOString().slice(0, 10),
      embedder: 'all-MiniLM-L6-v2-Q8_0',
      method: `e2e/campaigns/train-grounds.ts: logistic regression with a ridge of ${penalty}, each set weighing the same; each question is asked as it is and with its answer taken out of what is searched; figures of ${folds} folds over documents, at most ${mostWithheld} of the answerable withheld; the threshold aims at ${aimedWithheld}, as other documents differ. No measurement of a chat model goes in, so it holds for any.`,
      areaByFeature: areaByFeature(measured),
      firstCitationRight: { bySearch: firstRight(measured, [0, 1, 0, 0]), weighed: firstRight(measured, citing) },
      curve: { columns: ['threshold', 'unanswerableWithheld', 'answerableWithheld'], points: thinned(judged) },
    },
    features: Object.fromEntries(
      groundNames.map((name, at) => {
        const { mean = 0, spread = 1, weight = 0 } = model.features[at] ?? {};
        return [name, { mean: rounded(mean), spread: rounded(spread), weight: rounded(weight) }];
      }),
    ),
    intercept: rounded(model.intercept),
    threshold: rounded(bestThreshold(judged, aimedWithheld)),
    levels: { high: rounded(quantile(answerable, 0.6)), medium: rounded(quantile(answerable, 0.25)) },
    citing: { score, rank, similarity, coverage },
  };
}

async function train(meetingsFolder: string, articlesPath: string, target: string, [step, most]: readonly number[]) {
  const meetings = await readMeetings(meetingsFolder, step ?? 20);
  const articles = (await readArticles(articlesPath, most ?? 8)).filter((_, index) => index % 2 === 0);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-grounds-'));
  const services = await openDocumentServices();
  const measured: Measured[] = [];
  try {
    const texts = [
      ...meetings.map((text) => ({ text, set: 'QMSum, train split (MIT)' })),
      ...articles.map((text) => ({ text, set: 'SQuAD 2.0, development set (CC BY-SA 4.0)' })),
    ];
    for (const [index, { text, set }] of texts.entries()) {
      measured.push(await measure(text, { folder, services, set, most: most ?? 8 }));
      console.log(`${index + 1} of ${texts.length}: ${text.name}`);
    }
    const calibration = calibrate(measured);
    await writeFile(target, `${JSON.stringify(calibration, null, 2)}\n`);
    console.log(JSON.stringify(calibration.from));
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const [meetings, articles, target, step = '20', most = '8'] = process.argv.slice(2);
if (meetings === undefined || articles === undefined || target === undefined || !/^\d+ \d+$/.test(`${step} ${most}`)) {
  console.error('Usage: npm run campaign -- train-grounds MEETINGS ARTICLES OUT.json [STEP] [MOST]');
  process.exitCode = 2;
} else {
  await train(resolve(meetings), resolve(articles), resolve(target), [Number(step), Number(most)]);
}
