import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatTurn } from '../inference/engine.ts';
import { AppError } from '../shared/app-error.ts';

/** The names of the files in `resources/prompts/`, without `.md`. */
export type PromptName =
  | 'answer'
  | 'answer-findings'
  | 'answer-large'
  | 'answer-supported'
  | 'answer-whole'
  | 'plan-reading'
  | 'summarise-section'
  | 'summarise-merge'
  | 'summarise-actions'
  | 'summarise-question'
  | 'summarise-instructions'
  | 'summarise-history'
  | 'title';

const role = /^# (system|user|assistant)[ \t]*$/gm;

/**
 * Turns of a prompt file: each begins with a line `# system`, `# user` or `# assistant`. `{{name}}` is replaced by the value of
 * that name, in one pass, so a value that looks like a place-holder stays what it is.
 */
export function fillPrompt(template: string, values: Readonly<Record<string, string>>): readonly ChatTurn[] {
  const marks = [...template.matchAll(role)];
  return marks.map((mark, index) => {
    const text = template.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? template.length).trim();
    return {
      role: mark[1] === 'system' ? 'system' : mark[1] === 'user' ? 'user' : 'assistant',
      text: text.replaceAll(/\{\{(\w+)\}\}/g, (_match, name: string) => values[name] ?? ''),
    };
  });
}

/** The text of a prompt file. Throws `app/unexpected` when the installation lacks it. */
export async function readPrompt(resourcesFolder: string, name: PromptName): Promise<string> {
  try {
    return await readFile(join(resourcesFolder, 'prompts', `${name}.md`), 'utf8');
  } catch (error) {
    throw new AppError('app/unexpected', `The prompt ${name} is missing.`, { name }, { cause: error });
  }
}
