// Learns how the search weighs what it measures of a passage, and writes `resources/ranking/passages.json`.
//
//   npm run campaign -- train-ranking MEETINGS ARTICLES OUT.json [STEP]
//
// MEETINGS is a folder of QMSum's train split (one JSON file a meeting), ARTICLES a file of SQuAD 2.0; both stay outside the
// repository. Every STEPth meeting is taken, 5 by default. Nothing of the sets that the product is measured with goes in.
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
type DocumentLists = { readonly name: string; readonly lists: readonly TrainingList[] };

type Services = Awaited<ReturnType<typeof openDocumentServices>>;

const options = { penalty: 0.05, rounds: 300 };
const folds = 5;
const signal = new AbortController().signal;

/** What the texts cannot teach, as they have neither headings nor tables of contents: small, and set by hand. */
const givenWeights: Readonly<Record<string, number>> = { headingCoverage: 0.5, contents: -3 };

async function listsOf(text: TrainingText, folder: string, services: Services): Promise<DocumentLists> {
  const { documents, storage, embedQuestion } = services;
  const path = join(folder, `${text.name.replaceAll(/\W/g, '-')}.txt`);
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
  return { name: text.name, lists };
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

/** Scores that the lists of each fold get from weights which were learned without them. */
function crossValidate(set: readonly DocumentLists[], others: readonly TrainingList[]) {
  const ranks: (number | null)[] = [];
  const scored: { readonly score: number; readonly isRight: boolean }[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const train = set.filter((_, index) => index % folds !== fold).flatMap(({ lists }) => lists);
    const weights = withGiven(fitWeights([train, others], options));
    for (const list of set.filter((_, index) => index % folds === fold).flatMap(({ lists }) => lists)) {
      const scores = scoresOf(list, weights);
      ranks.push(rankOf(list, scores));
      scored.push(...scores.map((score, index) => ({ score, isRight: list.isRight[index] === true })));
    }
  }
  return { recall: recallOf(ranks), scored };
}

async function train(meetingsFolder: string, articlesPath: string, target: string, step: number): Promise<void> {
  const [meetings, articles] = [await readMeetings(meetingsFolder, step), await readArticles(articlesPath, 20)];
  const folder = await mkdtemp(join(tmpdir(), 'sotto-ranking-'));
  const services = await openDocumentServices();
  try {
    const measured: DocumentLists[] = [];
    for (const text of [...meetings, ...articles]) {
      measured.push(await listsOf(text, folder, services));
      console.log(`${measured.length} of ${meetings.length + articles.length}: ${text.name}`);
    }
    const sets = [measured.slice(0, meetings.length), measured.slice(meetings.length)] as const;
    const [spoken, written] = [sets[0].flatMap(({ lists }) => lists), sets[1].flatMap(({ lists }) => lists)];
    const crossed = [crossValidate(sets[0], written), crossValidate(sets[1], spoken)] as const;
    const weights = withGiven(fitWeights([spoken, written], options));
    const probability = fitProbability(crossed.flatMap(({ scored }) => scored));
    const ranking = {
      from: {
        data: [
          { set: 'QMSum, train split (MIT)', documents: meetings.length, questions: spoken.length },
          { set: 'SQuAD 2.0, development set (CC BY-SA 4.0)', documents: articles.length, questions: written.length },
        ],
        embedder: 'all-MiniLM-L6-v2-Q8_0',
        date: new Date().toISOString().slice(0, 10),
        method: `e2e/campaigns/train-ranking.ts: listwise softmax over the first 60 candidates, both sets weighing the same, penalty ${options.penalty}, ${options.rounds} rounds; probability by Platt scaling of the scores of ${folds} folds over documents. ${Object.keys(givenWeights).join(' and ')} are set by hand: these documents have neither headings nor tables of contents.`,
        recallOfFolds: { qmsum: crossed[0].recall, squad: crossed[1].recall },
      },
      weights: Object.fromEntries(featureNames.map((name, index) => [name, weights[index]])),
      probability,
    };
    await writeFile(target, `${JSON.stringify(ranking, null, 2)}\n`);
    console.log(JSON.stringify(ranking.from.recallOfFolds));
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
