import { z } from 'zod';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { fillPrompt } from '../../providers/prompt-template.ts';
import type { Message } from '../../shared/message.ts';
import { shownMessageText } from '../../shared/shown-text.ts';
import { checkTitle } from './check-title.ts';

/** Characters of the first question and of its answer that the model reads. */
const excerptLength = 600;
const titleTokens = 40;

const jsonSchema = {
  type: 'object',
  properties: { title: { type: 'string', maxLength: 70 } },
  required: ['title'],
  additionalProperties: false,
} as const;
const answerSchema = z.object({ title: z.string() });

const firstOf = (branch: readonly Message[], role: Message['role']): string =>
  branch
    .filter((message) => message.role === role)
    .map(shownMessageText)
    .find((text) => text !== '') ?? '';

function parse(text: string): string {
  try {
    return answerSchema.parse(JSON.parse(text)).title;
  } catch {
    return '';
  }
}

/** A title for the branch by the model; null when what it wrote will not do. Throws what the model throws. */
export async function writeTitle(
  branch: readonly Message[],
  { provider, template }: { readonly provider: ModelProvider; readonly template: string },
  signal: AbortSignal,
): Promise<string | null> {
  const question = firstOf(branch, 'user').slice(0, excerptLength).toWellFormed();
  const answer = firstOf(branch, 'assistant').slice(0, excerptLength).toWellFormed();
  const request = {
    conversationKey: 'title',
    turns: fillPrompt(template, { question, answer }),
    sampling: { temperature: 0 },
    maxTokens: titleTokens,
    priority: 'background',
    jsonSchema,
  } as const;
  let text = '';
  for await (const part of provider.stream(request, signal)) if (part.type === 'text-delta') text += part.text;
  signal.throwIfAborted();
  return checkTitle(parse(text), `${question}\n${answer}`);
}
