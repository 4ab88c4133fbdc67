// Data with known answers as documents of the app: meetings of QMSum and articles of SQuAD.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Span } from '../../../electron/shared/sentences.ts';

/** A text, and where in it the answers to questions stand. */
export type TrainingText = {
  readonly name: string;
  readonly text: string;
  readonly questions: readonly { readonly query: string; readonly spans: readonly Span[] }[];
};

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

function readMeeting(name: string, json: unknown): TrainingText {
  const { meeting_transcripts: turns, specific_query_list: queries } = meetingSchema.parse(json);
  const lines = turns.map(({ speaker, content }, turn) => `[${turn}] ${speaker}: ${content.replaceAll(/\s+/g, ' ')}`);
  const starts = lines.reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [0]);
  const questions = queries.map(({ query, relevant_text_span: spans }) => ({
    query,
    spans: spans.flatMap(([first, last]) => {
      const [start, end] = [starts[first], starts[last + 1]];
      return start === undefined || end === undefined ? [] : [{ start, end: end - 1 }];
    }),
  }));
  return { name, text: `${lines.join('\n')}\n`, questions };
}

/** Every `step`th meeting of a folder of QMSum's JSON files. */
export async function readMeetings(folder: string, step: number): Promise<readonly TrainingText[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const chosen = names.filter((_, index) => index % step === 0);
  return await Promise.all(
    chosen.map(async (name) => readMeeting(name, JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
}

/** The articles of a file of SQuAD 2.0, each with at most `most` of its answerable questions, spread over it. */
export async function readArticles(path: string, most: number): Promise<readonly TrainingText[]> {
  const { data } = articlesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return data.map(({ title, paragraphs }) => {
    let text = '';
    const questions: TrainingText['questions'][number][] = [];
    for (const { context, qas } of paragraphs) {
      const start = text.length;
      for (const { question, answers, is_impossible: isImpossible } of qas) {
        if (isImpossible || answers.length === 0) continue;
        const spans = answers.map((answer) => ({
          start: start + answer.answer_start,
          end: start + answer.answer_start + answer.text.length,
        }));
        questions.push({ query: question, spans });
      }
      text += `${context.replaceAll('\n', ' ')}\n\n`;
    }
    const step = Math.max(1, Math.floor(questions.length / most));
    return { name: title, text, questions: questions.filter((_, index) => index % step === 0).slice(0, most) };
  });
}
