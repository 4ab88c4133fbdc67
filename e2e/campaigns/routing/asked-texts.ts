// Texts with questions whose answers are known, as the router is taught with: of files, or pasted into the question.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import { readArticles, readMeetings, readNotes } from '../ranking/training-texts.ts';
import type { TrainingQuestion, TrainingText } from '../ranking/training-texts.ts';

/** A question with its gold answers, any of which is right; none where the text does not answer it. */
export type AskedQuestion = Pick<TrainingQuestion, 'query' | 'spans'> & { readonly golds: readonly string[] };

/** `isPasted`: the text stands in the question, and there is no document. */
export type AskedText = Pick<TrainingText, 'set' | 'fileName' | 'text'> & {
  readonly questions: readonly AskedQuestion[];
  readonly isPasted: boolean;
};

/** How much is asked. */
export type AskedAmount = { readonly meetingStep: number; readonly perText: number; readonly notesPerFile: number };

const meetingAnswersSchema = z.object({ specific_query_list: z.array(z.object({ answer: z.string() })) });

/** Where a gold stands in an article, the article says it itself. */
const withSpans = (text: TrainingText): AskedText => ({
  ...text,
  isPasted: false,
  questions: text.questions.map(({ query, spans }) => ({
    query,
    spans,
    golds: [...new Set(spans.map(({ start, end }) => text.text.slice(start, end)))],
  })),
});

async function withAnswers(folder: string, meeting: TrainingText): Promise<AskedText> {
  const name = meeting.fileName.replace(/\.\w+$/, '.json');
  const { specific_query_list: list } = meetingAnswersSchema.parse(
    JSON.parse(await readFile(join(folder, name), 'utf8')),
  );
  const questions = meeting.questions.map(({ query, spans }, at) => ({
    query,
    spans,
    golds: [list[at]?.answer ?? ''],
  }));
  return { ...meeting, isPasted: false, questions };
}

/** The paragraph that holds the answer, with the question after it. */
function pasted(article: AskedText): AskedText {
  const questions = article.questions.flatMap(({ query, spans, golds }) => {
    const [span] = spans;
    if (span === undefined) return [];
    const start = article.text.lastIndexOf('\n\n', span.start) + 1;
    const paragraph = article.text.slice(start, article.text.indexOf('\n\n', span.end)).trim();
    return [{ query: `${paragraph}\n\n${query}`, spans: [], golds }];
  });
  return { ...article, set: `${article.set}-pasted`, isPasted: true, questions };
}

/** All texts in an order that mixes the sets, the same each time. */
export async function readAskedTexts(
  meetings: string,
  articles: string,
  { meetingStep, perText, notesPerFile }: AskedAmount,
): Promise<readonly AskedText[]> {
  const asked = await Promise.all(
    (await readMeetings(meetings, meetingStep, 2 * perText)).map((meeting) => withAnswers(meetings, meeting)),
  );
  const read = (await readArticles(articles, 2 * perText)).map(withSpans);
  const part = (article: AskedText, wanted: number): AskedText => ({
    ...article,
    questions: article.questions.filter((_, index) => index % 2 === wanted),
  });
  const notes = (await readNotes(articles, notesPerFile, 2)).map(withSpans);
  const all = [
    ...asked,
    ...read.map((article) => part(article, 0)),
    ...read.map((article) => pasted(part(article, 1))),
    ...notes,
  ];
  const random = createSeededRandom(7);
  return all
    .map((text) => ({ text, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ text }) => text);
}
