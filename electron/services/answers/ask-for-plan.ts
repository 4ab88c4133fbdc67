import type { Logger } from '../../platform/logger.ts';
import type { InferenceEngine } from '../../inference/engine.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { fillPrompt, readPrompt } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { contentWords } from '../../shared/content-words.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Usage } from '../../shared/usage.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import { cosine } from './evidence.ts';
import { describeSizes, parsePlan } from './reading-plan.ts';

/** What asking for a plan needs. */
export type AskForPlanOptions = {
  readonly provider: ModelProvider;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
};

/** What is to be planned for. */
export type PlannedQuestion = {
  readonly conversationKey: string;
  readonly query: string;
  /** A question about all of it, to which every job belongs. */
  readonly isOfTheWhole: boolean;
};

/** A plan as it came; one without jobs is none. `failure` is what ended a request that may have been billed. */
export type ReadingPlan = {
  readonly jobs: readonly string[];
  readonly isStopped: boolean;
  readonly usage: Usage | null;
  readonly failure: AppError | null;
};

/** Tokens of a plan: five lines, and some thoughts of a model that thinks before it speaks. */
const planTokens = 400;

/** Characters of a plan that are read; from here on it is something else. */
const planLength = 4_000;

/** Cosine with the question from which a job that shares no word with it is taken to serve it. */
const nearQuestion = 0.2;

/**
 * The jobs that have to do with the question: a plan is written by somebody else, and what a job finds is sent to them. It keeps
 * a plan from asking for whatever is in a document; the preview and the limits of what is sent are what protects.
 */
async function jobsForQuestion(
  query: string,
  jobs: readonly string[],
  { engine, logger }: Pick<AskForPlanOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (jobs.length === 0) return jobs;
  const asked = contentWords(query);
  const [question, ...vectors] = await engine
    .embed([query, ...jobs], { priority: 'interactive', signal })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      logger.warn('plan-without-meaning', { code: AppError.from(error).code });
      return [];
    });
  return jobs.filter((job, index) => {
    const vector = vectors[index];
    if ([...contentWords(job)].some((word) => asked.has(word))) return true;
    return question !== undefined && vector !== undefined && cosine(question, vector) >= nearQuestion;
  });
}

/** What a plan is, from the first word to the last. */
async function readPlan(
  answer: GrowingAnswer,
  parts: ReturnType<ModelProvider['stream']>,
): Promise<Omit<ReadingPlan, 'jobs' | 'failure'> & { readonly text: string }> {
  let text = '';
  for await (const part of parts) {
    switch (part.type) {
      case 'model-start':
        answer.prepare.onModel?.(part);
        break;
      case 'text-delta':
        if (text === '') answer.write({ type: 'progress', phase: 'planning', done: 0, total: 0, remainingMs: null });
        text += part.text;
        if (text.length > planLength) return { text, isStopped: false, usage: null };
        break;
      case 'prefill-progress':
      case 'reasoning-delta':
        break;
      case 'model-end':
        return { text, isStopped: part.reason === 'stopped', usage: part.usage };
      default:
        assertNever(part);
    }
  }
  return { text, isStopped: false, usage: null };
}

/**
 * Asks the large model what every part of the documents is to be searched for. It gets the question, and of the documents how
 * many there are and about how long they are. Throws what failed before it could be billed; what may have been billed
 * is told as `failure`, so that nobody asks for it again.
 */
export async function askForPlan(
  answer: GrowingAnswer,
  { conversationKey, query, isOfTheWhole }: PlannedQuestion,
  documents: readonly DocumentDescription[],
  options: AskForPlanOptions,
  signal: AbortSignal,
): Promise<ReadingPlan> {
  const { provider, resourcesFolder, logger } = options;
  const template = await readPrompt(resourcesFolder, 'plan-reading');
  const turns = fillPrompt(template, { text: describeSizes(documents), question: query });
  const request = { conversationKey, turns, sampling: { temperature: 0 }, maxTokens: planTokens } as const;
  try {
    const parts = provider.stream({ ...request, priority: 'interactive' }, signal);
    const { text, isStopped, usage } = await readPlan(answer, parts);
    const all = parsePlan(text.slice(0, planLength));
    const jobs = isOfTheWhole ? all : await jobsForQuestion(query, all, options, signal);
    logger.info('reading-planned', { jobs: jobs.length, leftOut: all.length - jobs.length });
    return { jobs, isStopped, usage, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!AppError.isInstance(error) || error.details['mayBeBilled'] !== true) throw error;
    logger.warn('plan-failed', { code: error.code });
    return { jobs: [], isStopped: false, usage: null, failure: error };
  }
}
