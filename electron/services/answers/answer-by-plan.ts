import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Route, RouteReason } from '../../shared/route.ts';
import type { Usage } from '../../shared/usage.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions } from './answer-question-options.ts';
import { askForPlan } from './ask-for-plan.ts';
import { attemptAnswer } from './attempt-answer.ts';
import type { Attempt } from './attempt-answer.ts';
import { abstain, withoutSentences } from './cite-evidence.ts';
import { asEvidence, findingLines, gatherFindings, namesForLetters } from './gather-findings.ts';
import type { Findings } from './gather-findings.ts';
import { quotesOfSummaries } from './quote-summary.ts';
import { showEveryPart } from './read-every-part.ts';
import { isTooMuchToRead } from './read-for-jobs.ts';

/** A question about the whole of documents, for a large model that is not to see them. */
export type WholeQuestion = {
  readonly conversationKey: string;
  readonly query: string;
  /** It asks what the documents say, and for nothing in them. */
  readonly isBroad: boolean;
  readonly documents: readonly DocumentDescription[];
  /** A model here may decide about doubtful sentences. */
  readonly canJudge: boolean;
  /** Called once it is known that there is something to answer from. */
  readonly onGrounds: () => void;
};

/** Why what was found here is shown as it stands. */
const reasons: Readonly<Partial<Record<AppError['code'], RouteReason>>> = {
  'cloud/leak': 'private-content',
  'cloud/budget-spent': 'budget-spent',
  'cloud/no-remote': 'no-remote',
  'egress/offline': 'offline',
  'egress/purpose-not-allowed': 'offline',
  'egress/mode-off': 'mode-off',
  'egress/local-only': 'local-only',
};

function reasonOf({ code, details }: AppError): RouteReason {
  if (code === 'cloud/ended-by-lock') return details['because'] === 'mode-off' ? 'mode-off' : 'offline';
  return reasons[code] ?? 'remote-failed';
}

const sumUsage = (one: Usage | null, other: Usage | null): Usage | null =>
  one === null || other === null
    ? (one ?? other)
    : {
        ...other,
        inputTokens: one.inputTokens + other.inputTokens,
        reusedTokens: one.reusedTokens + other.reusedTokens,
        outputTokens: one.outputTokens + other.outputTokens,
      };

/** A request of two failed after something was paid for: what this machine found is the answer, and nobody is asked again. */
function showFindings(
  answer: GrowingAnswer,
  { quotes, isCut }: Findings,
  documents: readonly DocumentDescription[],
  failure: AppError | null,
  usage: Usage | null,
): RunEnd {
  if (failure !== null) {
    const reason = reasonOf(failure);
    answer.tellRoute({ zone: 'local', reason } satisfies Route);
    if (failure.code === 'provider/refused') answer.addNotice('remote-refused');
    else if (reason === 'remote-failed') answer.addNotice('remote-failed');
  }
  const { reason } = showEveryPart(answer, quotes, documents);
  return { reason: isCut ? 'length' : reason, usage };
}

/** Sends what was found, once. The failure instead, unless it is the person's or part of the answer is there. */
async function combine(
  answer: GrowingAnswer,
  { quotes }: Findings,
  { conversationKey, query, documents, canJudge }: WholeQuestion,
  options: AnswerQuestionOptions,
  signal: AbortSignal,
) {
  const evidence = await asEvidence(quotes, options, signal);
  answer.write({ type: 'passages', passages: evidence.map(withoutSentences) });
  answer.write({ type: 'progress', phase: 'combining', done: 0, total: 0, remainingMs: null });
  const reading = { plan: 'findings', text: findingLines(quotes, evidence, documents) } as const;
  const material = { evidence, reading, canJudge, reword: namesForLetters(documents) };
  try {
    const asked = { conversationKey, question: query, earlier: null };
    return { evidence, attempt: await attemptAnswer(answer, asked, material, options, signal), failure: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!AppError.isInstance(error) || answer.text !== '') throw error;
    options.logger.warn('findings-not-combined', { code: error.code });
    return { evidence, attempt: null, failure: error };
  }
}

const saysItself = ({ isSupported, hasRunOut, end }: Attempt): boolean =>
  isSupported || hasRunOut || end.reason === 'stopped';

/**
 * Answers a question about the whole with a large model that never sees it: it is asked what to look for, this machine looks
 * for that in every part, and it is asked once more with the sentences that were found. Null when there is more than can be
 * read, or nothing was found. A failure after the first request leaves what was found as the answer.
 */
export async function answerByPlan(
  answer: GrowingAnswer,
  question: WholeQuestion,
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<RunEnd | null> {
  const { documents, query, isBroad, onGrounds } = question;
  if (documents.length === 0 || isTooMuchToRead(documents)) return null;
  const plan = await askForPlan(answer, { ...question, isOfTheWhole: isBroad }, documents, options, signal);
  if (plan.isStopped) return { reason: 'stopped', usage: plan.usage };
  // The question itself is always one of them, so that a bad plan finds no less than none.
  const jobs = [...new Set([query, ...plan.jobs])];
  const known = isBroad ? await quotesOfSummaries(documents, options) : [];
  const findings = await gatherFindings(answer, jobs, known, documents, options, signal);
  options.logger.info('jobs-done', { jobs: jobs.length, findings: findings.quotes.length });
  if (findings.quotes.length === 0) {
    if (plan.failure !== null) throw plan.failure;
    return null;
  }
  onGrounds();
  if (plan.failure !== null) return showFindings(answer, findings, documents, plan.failure, plan.usage);
  const { evidence, attempt, failure } = await combine(answer, findings, question, options, signal);
  const usage = sumUsage(plan.usage, attempt?.end.usage ?? null);
  if (attempt === null) return showFindings(answer, findings, documents, failure, usage);
  if (saysItself(attempt)) {
    const isWhole = attempt.end.reason === 'complete' && !findings.isCut;
    return { reason: attempt.end.reason === 'complete' && !isWhole ? 'length' : attempt.end.reason, usage };
  }
  if (attempt.hasRefused) return abstain(answer, evidence, usage);
  return showFindings(answer, findings, documents, null, usage);
}
