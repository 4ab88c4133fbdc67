// Learns how sure the app may be that documents hold an answer, and which passage most likely does; writes
// `resources/answers/calibration.json`.
//
//   npm run campaign -- train-grounds MEETINGS ARTICLES OUT.json [STEP] [MOST]
//
// MEETINGS is a folder of QMSum's train split, ARTICLES a folder of files in the format of SQuAD 2.0, each a set; both stay
// outside the repository. Every STEPth meeting is taken (8 by default), and MOST questions of each text (8 by default). Each
// question is asked twice: as it is, and with its answer taken out of what is searched. Nothing of the sets that the product
// is measured with goes in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sentenceStrength } from '../../electron/services/answers/evidence.ts';
import { readFound } from '../../electron/services/answers/find-evidence.ts';
import { groundFeatures, groundNames } from '../../electron/services/answers/ground-features.ts';
import { rankingWeights } from '../../electron/services/documents/ranking/ranking-weights.ts';
import { readAskedWords, searchPassages } from '../../electron/services/documents/search-passages.ts';
import { touches } from '../../electron/services/evaluation/gold-spans.ts';
import { createHiddenPlaces } from '../../electron/services/evaluation/hidden-places.ts';
import { openDocumentServices } from '../../electron/testing/open-document-services.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { learnGrounds } from './grounds/learn-grounds.ts';
import type { MeasuredDocument, MeasuredQuestion } from './grounds/learn-grounds.ts';
import { readArticles, readMeetings, readNotes } from './ranking/training-texts.ts';
import type { TrainingText } from './ranking/training-texts.ts';

type Services = Awaited<ReturnType<typeof openDocumentServices>>;
type DocumentId = Awaited<ReturnType<Services['documents']['add']>>['id'];

/** Notes of a few paragraphs, of each set of articles, and questions of each that it answers and that it does not. */
const [notesPerFile, questionsPerNote] = [40, 3];

const signal = new AbortController().signal;

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
  const find = async (id: DocumentId, query: string) => {
    const scope = { documentIds: [id], collectionIds: [] };
    const found = await searchPassages({ query, scope, mode: 'hybrid', limit: 10 }, parts, signal);
    const words = await readAskedWords({ query, scope }, parts);
    const read = await readFound({ question: query, query }, found, { engine, logger }, signal);
    return { read, features: groundFeatures(words, found, read) };
  };
  return { hidden, find };
}

async function measure(text: TrainingText, folder: string, services: Services): Promise<MeasuredDocument> {
  const path = join(folder, text.fileName);
  await writeFile(path, text.text);
  const { id } = await services.documents.add(services.ticketFor(path), signal);
  await services.documents.whenIndexed(id, signal);
  const { hidden, find } = createFinder(services);
  const questions: MeasuredQuestion[] = [];
  for (const { query, spans, surroundings } of text.questions) {
    for (const isAnswerable of text.isNote ? [spans.length > 0] : [true, false]) {
      if (!isAnswerable) hidden.hide(id, surroundings);
      const { read, features } = await find(id, query);
      hidden.show();
      questions.push({
        isAnswerable,
        passages: features.map((one) => groundNames.map((name) => one[name])),
        isRight: read.map(({ found }) => isAnswerable && touches(found.passage.place, spans)),
        strengths: read.map(({ sentences }) => Math.max(0, ...sentences.map(sentenceStrength))),
      });
    }
  }
  return { set: text.set, questions };
}

async function train(meetings: string, articles: string, target: string, [step, most]: readonly [number, number]) {
  const long = [...(await readMeetings(meetings, step, most)), ...(await readArticles(articles, most))];
  const notes = await readNotes(articles, notesPerFile, questionsPerNote);
  const texts = [...long, ...notes];
  const folder = await mkdtemp(join(tmpdir(), 'sotto-grounds-'));
  const services = await openDocumentServices();
  try {
    const documents: MeasuredDocument[] = [];
    for (const text of texts) {
      documents.push(await measure(text, folder, services));
      console.log(`${documents.length} of ${texts.length}: ${text.fileName}`);
    }
    const [many, few] = [documents.slice(0, long.length), documents.slice(long.length)].map(learnGrounds);
    const calibration = { from: { many: many?.from, few: few?.from }, many: many?.model, few: few?.model };
    await writeFile(target, `${JSON.stringify(calibration, null, 2)}\n`);
    console.log(JSON.stringify(calibration.from));
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const [meetings, articles, target, step = '8', most = '8'] = process.argv.slice(2);
if (meetings === undefined || articles === undefined || target === undefined || !/^\d+ \d+$/.test(`${step} ${most}`)) {
  console.error('Usage: npm run campaign -- train-grounds MEETINGS ARTICLES OUT.json [STEP] [MOST]');
  process.exitCode = 2;
} else {
  await train(resolve(meetings), resolve(articles), resolve(target), [Number(step), Number(most)]);
}
