import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';

/** Where the answer to a question stands: pages, counted from 1, or turns `[n]` of a meeting, first and last included. */
export type Gold =
  | { readonly kind: 'pages'; readonly pages: readonly number[] }
  | { readonly kind: 'turns'; readonly spans: readonly (readonly [first: number, last: number])[] }
  /** About the whole document: what a summary answers. */
  | { readonly kind: 'whole' }
  /** The document does not tell. */
  | { readonly kind: 'none' };

/** One question of an evaluation. */
export type EvaluationQuestion = {
  readonly id: string;
  /** Name of the file that is asked. */
  readonly document: string;
  readonly query: string;
  /** A right answer; others in other words are right too. Empty where there is none. */
  readonly answer: string;
  readonly gold: Gold;
};

/** A folder with documents and questions. */
export type Evaluation = { readonly paths: readonly string[]; readonly questions: readonly EvaluationQuestion[] };

const questionSchema = z.object({
  id: z.coerce.string().optional(),
  document: z.string(),
  question: z.string().min(1),
  answer: z.string().default(''),
  pages: z.array(z.int().positive()).default([]),
  answerable: z.boolean(),
});

const querySchema = z.object({
  id: z.coerce.string().optional(),
  document: z.string(),
  query: z.string().min(1),
  answer: z.string().default(''),
  turns: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).default([]),
});

function parseLine(line: unknown, number: number): EvaluationQuestion {
  const asked = questionSchema.safeParse(line);
  if (asked.success) {
    const { id = `${number}`, document, question, answer, pages, answerable } = asked.data;
    return { id, document, query: question, answer, gold: answerable ? { kind: 'pages', pages } : { kind: 'none' } };
  }
  const { id = `${number}`, document, query, answer, turns } = querySchema.parse(line);
  return {
    id,
    document,
    query,
    answer,
    gold: turns.length === 0 ? { kind: 'whole' } : { kind: 'turns', spans: turns },
  };
}

function parse(text: string, name: string): readonly EvaluationQuestion[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [parseLine(JSON.parse(line), index + 1)];
    } catch (error) {
      throw new AppError(
        'app/invalid-input',
        `Line ${index + 1} of ${name} is no question.`,
        { name, line: index + 1 },
        { cause: error },
      );
    }
  });
}

const questionFiles = ['questions.jsonl', 'queries.jsonl'];

/** Reads the questions of a folder and finds their documents. Throws `file/not-found`, `app/invalid-input`. */
export async function readEvaluation(folder: string): Promise<Evaluation> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new AppError('file/not-found', 'There is no such folder.', { name: folder }, { cause: error });
  });
  const questions: EvaluationQuestion[] = [];
  for (const name of questionFiles.filter((file) => names.includes(file))) {
    questions.push(...parse(await readFile(join(folder, name), 'utf8'), name));
  }
  const documents = [...new Set(questions.map(({ document }) => document))];
  const missing = documents.find((name) => !names.includes(name));
  if (questions.length === 0 || missing !== undefined) {
    const name = missing ?? questionFiles.join(', ');
    throw new AppError('file/not-found', `${name} is not in the folder.`, { name });
  }
  return { paths: documents.map((name) => join(folder, name)), questions };
}
