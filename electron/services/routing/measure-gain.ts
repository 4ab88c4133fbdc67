import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { guessLanguage } from './guess-language.ts';
import { answerFeatures, questionFeatures } from './question-features.ts';
import { gainAfter, gainBefore, project } from './router-model.ts';
import type { RouterModel } from './router-model.ts';
import type { RoutingQuestion } from './routing-service.ts';

/** What the learned part is made of. */
export type MeasureGainOptions = {
  /** By the embedder that ships with the app; null where it is not at hand. One that fails is passed over. */
  readonly embed: (text: string, signal: AbortSignal) => Promise<ArrayLike<number> | null>;
  readonly logger: Logger;
};

/** The chance that a large model answers better, 0 to 1, as the learned part sees it. Throws the signal's reason. */
export async function measureGain(
  question: Pick<RoutingQuestion, 'task' | 'text' | 'localAnswer'>,
  model: RouterModel,
  { embed, logger }: MeasureGainOptions,
  signal: AbortSignal,
): Promise<number> {
  const vector = await embed(question.text, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    logger.debug('question-not-embedded', { code: AppError.from(error).code });
    return null;
  });
  signal.throwIfAborted();
  const { text, localAnswer } = question;
  const before = questionFeatures(question, guessLanguage(text), project(model.projection, vector));
  return localAnswer === null
    ? gainBefore(model, before)
    : gainAfter(model, [...before, ...answerFeatures(localAnswer)]);
}
