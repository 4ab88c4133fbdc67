// Learns how the search weighs what it measures of a passage, and writes `resources/ranking/passages.json`.
//
//   npm run campaign -- train-ranking MEETINGS ARTICLES OUT.json [STEP]
//
// MEETINGS is a folder of QMSum's train split (one JSON file a meeting), ARTICLES a folder of files in the format of SQuAD 2.0,
// each a set; both stay outside the repository. Every STEPth meeting is taken, 5 by default. Nothing of the sets that the
// product is measured with goes in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { featureNames, passageFeatures } from '../../electron/services/documents/ranking/passage-features.ts';
import { gatherForRanking } from '../../electron/services/documents/search-passages.ts';
import { touches } from '../../electron/services/evaluation/gold-spans.ts';
import { recallOf } from '../../electron/services/evaluation/recall.ts';
import { openDocumentServices } from '../../electron/testing/open-document-services.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { fitProbability, fitWeights } from './ranking/fit-weights.ts';
import type { TrainingList } from './ranking/fit-weights.ts';
import { readArticles, readMeetings } from './ranking/training-texts.ts';
import type { TrainingText } from './ranking/training-texts.ts';

/** The lists of one document stay in one fold. */
type DocumentLists = { readonly set: string; readonly lists: readonly TrainingList[] };

type Services = Awaited<ReturnType<typeof openDocumentServices>>;

const options = { penalty: 0.05, rounds: 300 };
const folds = 5;
const signal = new AbortController().signal;

/** What the texts cannot teach, as most have no headings and none a table of contents: set by hand. */
const givenWeights: Readonly<Record<string, number>> = { headingCoverage: 0.5, contents: -3 };

async function listsOf(text: TrainingText, folder: string, services: Services): Promise<DocumentLists> {
  const { documents, storage, embedQuestion } = services;
  const path = join(folder, text.fileName);
  await writeFile(path, text.text);
  const { id } = await documents.add(services.ticketFor(path), signal);
  await documents.whenIndexed(id, signal);
  const parts = { passages: storage.passages, embedder: { embed: embedQuestion }, logger: createRecordingLogger() };
  const lists: TrainingList[] = [];
  for (const { query, spans } of text.questions) {
    const scope = { documentIds: [id], collectionIds: [] };
    const { question, candidates } = await gatherForRanking({ query, scope, mode: 'hybrid', limit: 10 }, parts, signal);
    const measured = passageFeatures(question, candidates);
    lists.push({
      rows: measured.map((features) => featureNames.map((name) => features[name])),
      isRight: candidates.map(({ passage }) => touches(passage.place, spans)),
    });
  }
  return { set: text.set, lists };
}

const withGiven = (weights: readonly number[]): readonly number[] =>
  featureNames.map((name, index) => givenWeights[name] ?? Number((weights[index] ?? 0).toFixed(3)));

function scoresOf({ rows }: TrainingList, weights: readonly number[]): readonly number[] {
  return rows.map((row) => row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0));
}

function rankOf(list: TrainingList, scores: readonly number[]): number | null {
  const order = [...scores.keys()].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
  const rank = order.findIndex((index) => list.isRight[index] === true);
  return rank === -1 ? null : rank;
}

const listsIn = (documents: readonly DocumentLists[]): readonly TrainingList[] =>
  documents.flatMap(({ lists }) => lists);

const ofSet = (documents: readonly DocumentLists[], set: string): readonly DocumentLists[] =>
  documents.filter((one) => one.set === set);

/** Scores that the lists of each fold of a set get from weights which were learned without them. */
function crossValidate(set: string, sets: readonly string[], documents: readonly DocumentLists[]) {
  const ranks: (number | null)[] = [];
  const scored: { readonly score: number; readonly isRight: boolean }[] = [];
  const own = ofSet(documents, set);
  const others = sets.filter((other) => other !== set).map((other) => listsIn(ofSet(documents, other)));
  for (let fold = 0; fold < folds; fold += 1) {
    const train = listsIn(own.filter((_, index) => index % folds !== fold));
    const weights = withGiven(fitWeights([train, ...others], options));
    for (const list of listsIn(own.filter((_, index) => index % folds === fold))) {
      const scores = scoresOf(list, weights);
      ranks.push(rankOf(list, scores));
      scored.push(...scores.map((score, index) => ({ score, isRight: list.isRight[index] === true })));
    }
  }
  return { recall: recallOf(ranks), scored };
}

/** The weights of all documents, with what they come from and the figures of folds. */
function learn(documents: readonly DocumentLists[]) {
  const sets = [...new Set(documents.map(({ set }) => set))];
  const crossed = sets.map((set) => crossValidate(set, sets, documents));
  const weights = withGiven(
    fitWeights(
      sets.map((set) => listsIn(ofSet(documents, set))),
      options,
    ),
  );
  return {
    from: {
      data: sets.map((set, index) => ({
        set,
        documents: ofSet(documents, set).length,
        questions: listsIn(ofSet(documents, set)).length,
        recallOfFolds: crossed[index]?.recall,
      })),
      embedder: 'all-MiniLM-L6-v2-Q8_0',
      date: new Date().toISOString().slice(0, 10),
      method: `e2e/campaigns/train-ranking.ts: listwise softmax over the first 60 candidates, the sets weighing the same, penalty ${options.penalty}, ${options.rounds} rounds; probability by Platt scaling of the scores of ${folds} folds over documents. ${Object.keys(givenWeights).join(' and ')} are set by hand: most of these documents have no headings, and none a table of contents.`,
    },
    weights: Object.fromEntries(featureNames.map((name, index) => [name, weights[index]])),
    probability: fitProbability(crossed.flatMap(({ scored }) => scored)),
  };
}

async function train(meetings: string, articles: string, target: string, step: number): Promise<void> {
  const texts = [...(await readMeetings(meetings, step, 20)), ...(await readArticles(articles, 20))];
  const folder = await mkdtemp(join(tmpdir(), 'sotto-ranking-'));
  const services = await openDocumentServices();
  try {
    const documents: DocumentLists[] = [];
    for (const text of texts) {
      documents.push(await listsOf(text, folder, services));
      console.log(`${documents.length} of ${texts.length}: ${text.fileName}`);
    }
    const ranking = learn(documents);
    await writeFile(target, `${JSON.stringify(ranking, null, 2)}\n`);
    console.log(JSON.stringify(ranking.from.data));
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const [meetings, articles, target, step = '5'] = process.argv.slice(2);
if (meetings === undefined || articles === undefined || target === undefined || !/^\d+$/.test(step)) {
  console.error('Usage: npm run campaign -- train-ranking MEETINGS ARTICLES OUT.json [STEP]');
  process.exitCode = 2;
} else {
  await train(resolve(meetings), resolve(articles), resolve(target), Number(step));
}
