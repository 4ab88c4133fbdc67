// Data with known answers as documents of the app: meetings of QMSum, and whatever has the format of SQuAD.
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Span } from '../../../electron/shared/sentences.ts';

/**
 * A question, where its answers stand, and what is taken out of the text so that it has none: about a page around them.
 * Without spans it is one that the text does not answer.
 */
export type TrainingQuestion = {
  readonly query: string;
  readonly spans: readonly Span[];
  readonly surroundings: readonly Span[];
};

/** A text, and where in it the answers to questions stand. */
export type TrainingText = {
  /** What it is one of: `qmsum`, or the name of the file that it comes from. */
  readonly set: string;
  /** With the ending that tells how to read it: Markdown where it has headings. */
  readonly fileName: string;
  readonly text: string;
  readonly questions: readonly TrainingQuestion[];
  /** One of few paragraphs, with questions that it answers and others; a question of a long text has its answer taken out instead. */
  readonly isNote: boolean;
};

/** How far the surroundings reach on both sides within the paragraph, in characters. */
const surroundingCharacters = 700;

const meetingSchema = z.object({
  meeting_transcripts: z.array(z.object({ speaker: z.string(), content: z.string() })),
  specific_query_list: z.array(
    z.object({ query: z.string(), relevant_text_span: z.array(z.tuple([z.coerce.number(), z.coerce.number()])) }),
  ),
});

const articlesSchema = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(
            z.object({
              question: z.string(),
              is_impossible: z.boolean().default(false),
              answers: z.array(z.object({ text: z.string(), answer_start: z.int() })),
            }),
          ),
        }),
      ),
    }),
  ),
});

function readMeeting(name: string, json: unknown, most: number): TrainingText {
  const { meeting_transcripts: turns, specific_query_list: queries } = meetingSchema.parse(json);
  const lines = turns.map(({ speaker, content }, turn) => `[${turn}] ${speaker}: ${content.replaceAll(/\s+/g, ' ')}`);
  const starts = lines.reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [0]);
  const questions = queries.slice(0, most).map(({ query, relevant_text_span: turnSpans }) => {
    const spans = turnSpans.flatMap(([first, last]) => {
      const [start, end] = [starts[first], starts[last + 1]];
      return start === undefined || end === undefined ? [] : [{ start, end: end - 1 }];
    });
    return { query, spans, surroundings: spans };
  });
  return {
    set: 'qmsum',
    fileName: `${basename(name, '.json')}.txt`,
    text: `${lines.join('\n')}\n`,
    questions,
    isNote: false,
  };
}

/** Every `step`th meeting of a folder of QMSum's JSON files, each with at most `most` of its questions. */
export async function readMeetings(folder: string, step: number, most: number): Promise<readonly TrainingText[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const chosen = names.filter((_, index) => index % step === 0);
  return await Promise.all(
    chosen.map(async (name) => readMeeting(name, JSON.parse(await readFile(join(folder, name), 'utf8')), most)),
  );
}

type Article = z.infer<typeof articlesSchema>['data'][number];

/** At most `most` of a list, spread over it. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => index % step < 1);
}

function readArticle(set: string, { title, paragraphs }: Article, most: number): TrainingText {
  const hasHeadings = paragraphs.some(({ context }) => context.startsWith('## '));
  let text = '';
  const questions: TrainingQuestion[] = [];
  for (const { context, qas } of paragraphs) {
    const start = text.length;
    const end = start + context.length;
    for (const { question, answers, is_impossible: isImpossible } of qas) {
      if (isImpossible || answers.length === 0) continue;
      const spans = answers.map(({ answer_start: at, text: answer }) => ({
        start: start + at,
        end: start + at + answer.length,
      }));
      const surroundings = spans.map((span) => ({
        start: Math.max(start, span.start - surroundingCharacters),
        end: Math.min(end, span.end + surroundingCharacters),
      }));
      questions.push({ query: question, spans, surroundings });
    }
    text += `${hasHeadings ? context : context.replaceAll('\n', ' ')}\n\n`;
  }
  const fileName = `${title.replaceAll(/\W/g, '-')}.${hasHeadings ? 'md' : 'txt'}`;
  return { set, fileName, text, questions: spread(questions, most), isNote: false };
}

/**
 * The articles of every JSON file of a folder, each with at most `most` of its answerable questions, spread over it. A file
 * is a set; of one with more than 40 articles, 40 are taken. A paragraph may begin with a heading, as `## Heading`.
 */
export async function readArticles(folder: string, most: number): Promise<readonly TrainingText[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const { data } = articlesSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      return spread(data, 40).map((article) => readArticle(basename(name, '.json'), article, most));
    }),
  );
  return files.flat();
}

/** How many paragraphs the notes of an article have, in turn: passages are found of each that are fewer than are looked for. */
const noteLengths = [1, 2, 1, 3, 5];

/** Cuts an article into short notes, each with questions that it answers and as many that the rest of the article answers. */
function notesOf(set: string, article: Article, most: number): readonly TrainingText[] {
  const { title, paragraphs } = article;
  const notes: TrainingText[] = [];
  for (let first = 0; first < paragraphs.length;) {
    const count = noteLengths[notes.length % noteLengths.length] ?? 1;
    const note = readArticle(set, { title, paragraphs: paragraphs.slice(first, first + count) }, most);
    const others = paragraphs.filter((_, index) => index < first || index >= first + count);
    const { questions } = readArticle(set, { title, paragraphs: others }, most);
    const strange = questions.map(({ query }) => ({ query, spans: [], surroundings: [] }));
    const fileName = note.fileName.replace('.', `-${notes.length}.`);
    notes.push({ ...note, set: `${set}-notes`, fileName, questions: [...note.questions, ...strange], isNote: true });
    first += count;
  }
  return notes;
}

/** Notes of some articles of every JSON file of a folder, `perFile` of each file, with `most` questions of either kind. */
export async function readNotes(folder: string, perFile: number, most: number): Promise<readonly TrainingText[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const { data } = articlesSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      const notes = data.flatMap((article) => notesOf(basename(name, '.json'), article, most));
      return spread(notes, perFile);
    }),
  );
  return files.flat();
}
