import type { ChatTurn, InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import { fillPrompt, readPrompt } from '../../providers/prompt-template.ts';
import type { PromptName } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';

/** What deciding needs; the engine's chat model is the one that decides. */
export type DecideOptions = {
  readonly engine: Pick<InferenceEngine, 'measure' | 'loaded'>;
  readonly resourcesFolder: string;
  readonly logger: Logger;
};

/** Characters of a text that are read for one decision; about 200 tokens. */
const textLimit = 800;

const logSum = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Log-odds of yes against no for a prompt that ends in that question; nothing is generated. Null where no chat model is loaded
 * or it fails: a decision less is not a failure.
 */
export async function decideYes(
  prompt: PromptName,
  values: { readonly text: string; readonly question: string },
  { engine, resourcesFolder, logger }: DecideOptions,
  signal: AbortSignal,
): Promise<number | null> {
  if (engine.loaded('chat') === null) return null;
  try {
    const template = await readPrompt(resourcesFolder, prompt);
    const turns: readonly ChatTurn[] = fillPrompt(template, { ...values, text: values.text.slice(0, textLimit) });
    const request = { turns, continuations: ['Yes', 'No'], priority: 'interactive' } as const;
    const [yes, no] = await engine.measure(request, signal);
    return yes && no ? logSum(yes.logProbabilities) - logSum(no.logProbabilities) : null;
  } catch (error) {
    signal.throwIfAborted();
    logger.warn('decision-failed', { code: AppError.from(error).code });
    return null;
  }
}
