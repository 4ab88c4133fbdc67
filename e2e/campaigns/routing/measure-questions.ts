// What the local model makes of questions with known answers, and what a strong model would, which is simulated: it says the
// gold answer where the passages that it is given hold it, and that they do not say so where they do not.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { touches } from '../../../electron/services/evaluation/gold-spans.ts';
import type { AnswerPart } from '../../../electron/shared/answer-part.ts';
import { localAnswerOf } from '../../../electron/shared/local-answer.ts';
import { messageText } from '../../../electron/shared/message.ts';
import type { openDocumentServices } from '../../../electron/testing/open-document-services.ts';
import { readAnswer } from '../../../electron/testing/real-engine.ts';
import type { RealEngine } from '../../../electron/testing/real-engine.ts';
import { readRun } from '../../../electron/testing/read-run.ts';
import { saysGold, saysOfGold } from './answer-quality.ts';
import type { AskedQuestion, AskedText } from './asked-texts.ts';
import type { MeasuredQuestion } from './measured-question.ts';

type Services = Awaited<ReturnType<typeof openDocumentServices>>;

/** The services of the app, and an engine for what is asked without documents and for vectors of questions. `folder` is for the files of texts. */
export type Workbench = { readonly services: Services; readonly chat: RealEngine['engine']; readonly folder: string };

const signal = new AbortController().signal;

/** Tokens of a call beside the text: instructions and marks. */
const instructionTokens = 150;

const tokensOf = (text: string): number => Math.ceil(text.length / 4);

type Outcome = Pick<
  MeasuredQuestion,
  'localAnswer' | 'localQuality' | 'strongQuality' | 'inputTokens' | 'outputTokens'
>;

const chatTokens = 64;

async function askPasted({ query, golds }: AskedQuestion, { chat }: Workbench): Promise<Outcome> {
  const turns = [{ role: 'user', text: query }] as const;
  const { text } = await readAnswer(chat, { turns, maxTokens: chatTokens });
  const [measured] = await chat.measure(
    { turns, continuations: [text === '' ? '.' : text], priority: 'interactive' },
    signal,
  );
  const logs = measured?.logProbabilities ?? [];
  const probability = logs.reduce((sum, log) => sum + Math.exp(log), 0) / Math.max(1, logs.length);
  return {
    localAnswer: localAnswerOf({ parts: [{ type: 'text', text }] }, probability),
    localQuality: saysGold(text, golds),
    strongQuality: 1,
    inputTokens: instructionTokens + tokensOf(query),
    outputTokens: tokensOf(golds[0] ?? '') + 16,
  };
}

const passagesIn = (parts: readonly AnswerPart[]) =>
  parts.flatMap((part) => (part.type === 'passages' ? [part.passages] : [])).at(-1) ?? [];

type DocumentId = Awaited<ReturnType<Services['documents']['add']>>['id'];

async function askDocument(
  id: DocumentId,
  set: string,
  { query, spans, golds }: AskedQuestion,
  { services }: Workbench,
): Promise<Outcome> {
  const scope = { documentIds: [id], collectionIds: [] };
  const { runId, answerId } = await services.answers.ask({ scope, question: query });
  const passages = passagesIn(await readRun(services.runs, runId));
  const message = await services.storage.messages.get(answerId);
  const localAnswer = localAnswerOf(message ?? { parts: [] }, null);
  const said = message === null ? '' : messageText(message);
  const isFound = passages.some(({ passage }) => touches(passage.place, spans));
  const quality = set === 'qmsum' ? saysOfGold(said, golds[0] ?? '') : saysGold(said, golds);
  return {
    localAnswer,
    localQuality: spans.length === 0 ? Number(localAnswer.isWithheld) : localAnswer.isWithheld ? 0 : quality,
    strongQuality: spans.length === 0 || isFound ? 1 : 0,
    inputTokens: instructionTokens + tokensOf(query + passages.map(({ passage }) => passage.text).join('')),
    outputTokens: tokensOf(golds[0] ?? '') + 16,
  };
}

/** Asks every question of a text. */
export async function measureText(text: AskedText, bench: Workbench): Promise<readonly MeasuredQuestion[]> {
  const { services, folder } = bench;
  const path = join(folder, text.fileName);
  let ask = async (question: AskedQuestion): Promise<Outcome> => await askPasted(question, bench);
  if (!text.isPasted) {
    await writeFile(path, text.text);
    const { id } = await services.documents.add(services.ticketFor(path), signal);
    await services.documents.whenIndexed(id, signal);
    ask = async (question) => await askDocument(id, text.set, question, bench);
  }
  const measured: MeasuredQuestion[] = [];
  for (const question of text.questions) {
    const outcome = await ask(question);
    const vectors = await bench.chat.embed([question.query], { priority: 'interactive', signal });
    measured.push({
      text: `${text.fileName.replace(/(?:-\d+)?\.\w+$/, '')}`,
      set: text.set,
      task: text.isPasted ? 'chat' : 'answer',
      question: question.query,
      vector: [...(vectors[0] ?? [])].map((value) => Number(value.toFixed(4))),
      ...outcome,
    });
  }
  return measured;
}
