import type { ModelProvider } from '../../providers/model-provider.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Message } from '../../shared/message.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { AnswerWork, GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import { answerByPlan } from './answer-by-plan.ts';
import { answerKind } from './answer-kind.ts';
import type { AnswerQuestionOptions, PreparedQuestion } from './answer-question-options.ts';
import { attemptAnswer } from './attempt-answer.ts';
import type { Attempt } from './attempt-answer.ts';
import { calibration } from './calibration.ts';
import { abstain, answerWithQuote, tellGrounds, withoutSentences } from './cite-evidence.ts';
import { compareDocuments } from './compare-documents.ts';
import { smallModelParameters, strongestQuote } from './compose-prompt.ts';
import type { Reading } from './compose-prompt.ts';
import { findEvidence } from './find-evidence.ts';
import { judgeGrounds } from './judge-grounds.ts';
import type { Grounds } from './judge-grounds.ts';
import { quoteSummary } from './quote-summary.ts';
import { readEveryPart } from './read-every-part.ts';
import { wholeText } from './whole-text.ts';

/** What is asked, and what the answer said before, if it is continued. */
export type AskedQuestion = {
  readonly conversationKey: string;
  readonly prepare: (answer: GrowingAnswer, signal: AbortSignal) => Promise<PreparedQuestion>;
  readonly earlier: Message | null;
};

/** Documents that are compared, at most. */
const comparedLimit = 6;

async function isSmallModel({ models, modelId }: AnswerQuestionOptions): Promise<boolean> {
  const chosen = modelId === null ? null : await models.resolve(modelId).catch(() => null);
  const parameters = (chosen ?? (await models.current()))?.description.parameterCount ?? 0;
  return parameters < smallModelParameters;
}

/**
 * What the model is given to read, one try after the other until a sentence of the answer is carried by a passage. A small
 * model never reads a whole text: measured on texts of 800 and 2,800 characters, it then answered one and two of six
 * questions that the text does not answer, and none from sentences.
 */
async function planReadings(
  isSmall: boolean,
  scope: SearchScope,
  contextTokens: number,
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<readonly Reading[]> {
  // A small model that went astray on three sentences often answers from one.
  if (isSmall) return [3, 1].map((sentences) => ({ plan: 'sentences', sentences }));
  if (options.isRemote) return [{ plan: 'passages' }];
  const text = await wholeText(scope, contextTokens, options, signal);
  return [text === null ? { plan: 'passages' } : { plan: 'whole', text }];
}

/** Lets the model load while the documents are searched. Resolves when its name is known, which the answer tells first. */
async function beginModel(answer: GrowingAnswer, provider: ModelProvider, signal: AbortSignal) {
  const named = Promise.withResolvers<void>();
  const ready = provider.contextTokens({
    ...answer.prepare,
    signal,
    onModel: (model) => {
      answer.prepare.onModel?.(model);
      named.resolve();
    },
  });
  // Without a model the evidence can still be shown; who needs the model awaits `ready` and meets the error.
  ready.then(
    () => named.resolve(),
    () => named.resolve(),
  );
  await named.promise;
  return { ready };
}

/** An answer with the question that it is about to answer. */
type Turn = Pick<AskedQuestion, 'conversationKey' | 'earlier'> & {
  readonly answer: GrowingAnswer;
  readonly prepared: PreparedQuestion;
  readonly model: { readonly ready: Promise<number> };
};

/** What an answer that was continued told already is not told again. */
function tellGroundsOnce({ answer, earlier, prepared }: Turn, grounds: Pick<Grounds, 'confidence' | 'level'>): void {
  if (earlier?.parts.some((part) => part.type === 'grounds') === true) return;
  tellGrounds(answer, grounds, prepared.query === prepared.question ? null : prepared.query);
}

async function answerFromPassages(turn: Turn, options: AnswerQuestionOptions, signal: AbortSignal): Promise<RunEnd> {
  const { answer, prepared, conversationKey, earlier, model } = turn;
  const { question, query, scope } = prepared;
  const found = await findEvidence(
    prepared,
    {
      ...options,
      calibration,
      onFound: (passages) => answer.write({ type: 'passages', passages }),
    },
    signal,
  );
  const { passages: evidence } = found;
  answer.write({ type: 'passages', passages: evidence.map(withoutSentences) });
  const grounds = judgeGrounds(found, calibration);
  const { confidence, level } = grounds;
  options.logger.info('evidence-judged', { confidence, level, passages: evidence.length });
  tellGroundsOnce(turn, grounds);
  // What was said already stands, even if a document that carried it was removed meanwhile.
  if (grounds.isWithheld) {
    return answer.text === '' ? abstain(answer, evidence, null) : { reason: 'complete', usage: null };
  }

  const isSmallHere = await isSmallModel(options);
  const isSmall = isSmallHere && !options.isRemote;
  // A small model reads the question as it was searched: it does not see the conversation.
  const asked = { question: isSmall ? question : query, conversationKey, earlier };
  const readings = await planReadings(isSmall, scope, await model.ready, options, signal);
  const none: Attempt = {
    isSupported: false,
    hasRunOut: false,
    hasRefused: false,
    end: { reason: 'complete', usage: null },
  };
  let last = none;
  for (const reading of readings) {
    last = await attemptAnswer(answer, asked, { evidence, reading, canJudge: !isSmallHere }, options, signal);
    if (last.isSupported || last.end.reason === 'stopped') return last.end;
  }
  // A model that can judge and says that the text does not tell is believed.
  const quote = last.hasRefused && !isSmall ? null : strongestQuote(evidence);
  if (last.hasRunOut) return last.end;
  const { usage } = last.end;
  return quote === null ? abstain(answer, evidence, usage) : answerWithQuote(answer, evidence, quote, usage);
}

/** Ways that may have nothing to say, after which the question is answered from passages. */
async function answerOtherwise(
  turn: Turn,
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<RunEnd | null> {
  const { answer, prepared, earlier, conversationKey } = turn;
  if (earlier !== null && answer.text !== '') return null;
  const documents = await options.documents.inScope(prepared.scope, 1_000);
  const kind = answerKind(prepared.question, documents.length);
  options.logger.info('question-kind', { kind, documents: documents.length });
  const unmeasured = { confidence: null, level: null } as const;
  if (kind !== 'passages' && options.isRemote) {
    const planned = {
      conversationKey,
      query: prepared.query,
      documents,
      isBroad: kind === 'broad',
      canJudge: !(await isSmallModel(options)),
      onGrounds: () => tellGroundsOnce(turn, unmeasured),
    };
    const end = await answerByPlan(answer, planned, options, signal);
    if (end !== null) return end;
  }
  switch (kind) {
    case 'passages':
      return null;
    case 'comparison':
      tellGroundsOnce(turn, unmeasured);
      return await compareDocuments(answer, prepared, documents.slice(0, comparedLimit), options, signal);
    case 'broad':
      return await quoteSummary(answer, documents, options);
    case 'every-part': {
      const end = await readEveryPart(answer, prepared, documents, options, signal);
      if (end !== null) tellGroundsOnce(turn, unmeasured);
      return end;
    }
    default:
      return assertNever(kind);
  }
}

/** The work of one answer: evidence, then text that the evidence carries, or the honest word that there is none. */
export function answerQuestion(
  { conversationKey, prepare, earlier }: AskedQuestion,
  options: AnswerQuestionOptions,
): AnswerWork {
  return async (answer, signal) => {
    const model = await beginModel(answer, options.provider, signal);
    const prepared = await prepare(answer, signal);
    answer.write({ type: 'progress', phase: 'searching', done: 0, total: 0, remainingMs: null });
    const turn = { answer, prepared, conversationKey, earlier, model };
    return (await answerOtherwise(turn, options, signal)) ?? (await answerFromPassages(turn, options, signal));
  };
}
