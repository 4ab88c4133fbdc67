import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { measuredQuestionSchema } from './measured-question.ts';
import type { MeasuredQuestion } from './measured-question.ts';

const lineSchema = z.array(measuredQuestionSchema);

/** The questions of a file that `measure-router` writes: one line of JSON a text. */
export async function readMeasured(path: string): Promise<readonly MeasuredQuestion[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => lineSchema.parse(JSON.parse(line)));
}
