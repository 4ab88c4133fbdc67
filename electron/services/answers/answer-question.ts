import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { CitedPassage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Usage } from '../../shared/usage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { AnswerWork, GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import { AnswerComposer } from './answer-composer.ts';
import { checkSentence } from './check-sentence.ts';
import { composePrompt, exampleWords, smallModelParameters, strongestQuote } from './compose-prompt.ts';
import type { ReadingPlan } from './compose-prompt.ts';
import type { EvidencePassage } from './evidence.ts';
import { findEvidence } from './find-evidence.ts';
import { judgeRelevance } from './judge-relevance.ts';

/** What answering from documents needs. */
export type AnswerQuestionOptions = {
  readonly documents: Pick<DocumentsService, 'search' | 'get'>;
  readonly provider: ModelProvider;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly models: Pick<ModelsService, 'current'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
};

/** A question that is ready to be searched: `query` has the question before it where it needs it to be understood. */
export type PreparedQuestion = {
  readonly question: string;
  readonly query: string;
  readonly documentIds: readonly DocumentId[];
};

/** Tokens of an answer for a model that reads sentences, and for one that reads passages. */
const answerTokens: Readonly<Record<ReadingPlan, number>> = { sentences: 120, passages: 400 };

const withoutSentences = ({ mark, passage, score }: EvidencePassage): CitedPassage => ({ mark, passage, score });

function cite(answer: GrowingAnswer, evidence: readonly EvidencePassage[], marks: readonly number[]): void {
  for (const mark of marks) {
    const cited = evidence.find((passage) => passage.mark === mark);
    if (cited) answer.addPart({ type: 'citation', passage: withoutSentences(cited) });
  }
}

/** Says that the documents do not tell, and shows what came closest. */
function abstain(answer: GrowingAnswer, evidence: readonly EvidencePassage[], usage: Usage | null): RunEnd {
  answer.addNotice('not-in-documents');
  cite(
    answer,
    evidence,
    evidence.slice(0, 3).map(({ mark }) => mark),
  );
  return { reason: 'complete', usage };
}

type Attempt = { readonly isSupported: boolean; readonly end: RunEnd };

/** Lets the model answer once, and lets through what the passages carry. */
async function attempt(
  answer: GrowingAnswer,
  { question, conversationKey }: { readonly question: string; readonly conversationKey: string },
  reading: { readonly evidence: readonly EvidencePassage[]; readonly plan: ReadingPlan; readonly sentences: number },
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<Attempt> {
  const { provider, engine, resourcesFolder, logger } = options;
  const { evidence, plan, sentences } = reading;
  const template = await readPrompt(resourcesFolder, plan === 'sentences' ? 'answer' : 'answer-large');
  const turns = composePrompt(template, question, evidence, { plan, sentences });
  const context = { question, exampleWords: exampleWords(template) };
  const composer = new AnswerComposer(async (sentence) => {
    const [vector] = await engine.embed([sentence], { priority: 'interactive', signal }).catch(() => {
      logger.debug('sentence-checked-by-words');
      return [];
    });
    return checkSentence(sentence, vector ?? null, context, evidence);
  });
  const request = { conversationKey, turns, sampling: { temperature: 0 }, maxTokens: answerTokens[plan] };
  let end: RunEnd = { reason: 'interrupted', usage: null };
  try {
    for await (const part of provider.stream({ ...request, priority: 'interactive' }, signal)) {
      end = (await showPart(answer, composer, part)) ?? end;
    }
  } finally {
    // Whatever cut it short: what is shown keeps its checks and its citations.
    if (composer.isSupported) {
      answer.setChecks(composer.checks);
      cite(answer, evidence, composer.marks);
    }
  }
  return { isSupported: composer.isSupported, end };
}

/** Shows what one part of the model's stream adds; returns the end when it is the last. */
async function showPart(answer: GrowingAnswer, composer: AnswerComposer, part: ModelPart): Promise<RunEnd | null> {
  switch (part.type) {
    case 'model-start':
      answer.prepare.onModel?.(part);
      return null;
    case 'prefill-progress':
      answer.write({ type: 'progress', phase: 'thinking', done: part.done, total: part.total, remainingMs: null });
      return null;
    case 'text-delta':
      answer.addText(await composer.push(part.text));
      return null;
    case 'reasoning-delta':
      return null;
    case 'model-end':
      // Half a sentence proves nothing; it is left out unless the model ended there by itself.
      if (part.reason === 'complete') answer.addText(await composer.end());
      return { reason: part.reason, usage: part.usage };
    default:
      return assertNever(part);
  }
}

async function planFor(models: Pick<ModelsService, 'current'>): Promise<ReadingPlan> {
  const parameters = (await models.current())?.description.parameterCount ?? 0;
  return parameters >= smallModelParameters ? 'passages' : 'sentences';
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

/** The work of one answer: evidence, then text that the evidence carries, or the honest word that there is none. */
export function answerQuestion(
  conversationKey: string,
  prepare: (answer: GrowingAnswer, signal: AbortSignal) => Promise<PreparedQuestion>,
  options: AnswerQuestionOptions,
): AnswerWork {
  return async (answer, signal) => {
    const model = await beginModel(answer, options.provider, signal);
    const prepared = await prepare(answer, signal);
    const { question } = prepared;
    answer.write({ type: 'progress', phase: 'searching', done: 0, total: 0, remainingMs: null });
    const evidence = await findEvidence(prepared, options, signal);
    answer.write({ type: 'passages', passages: evidence.map(withoutSentences) });
    const relevance = judgeRelevance(question, evidence);
    options.logger.info('evidence-judged', { relevance, passages: evidence.length });
    if (relevance === 'none') return abstain(answer, evidence, null);

    const plan = await planFor(options.models);
    await model.ready;
    const asked = { question, conversationKey };
    let last = await attempt(answer, asked, { evidence, plan, sentences: 3 }, options, signal);
    // A small model that went astray on three sentences often answers from one.
    if (!last.isSupported && last.end.reason !== 'stopped' && plan === 'sentences') {
      last = await attempt(answer, asked, { evidence, plan, sentences: 1 }, options, signal);
    }
    const { isSupported, end } = last;
    if (isSupported || end.reason === 'stopped') return end;
    const quote = relevance === 'strong' ? strongestQuote(evidence) : null;
    return quote === null ? abstain(answer, evidence, end.usage) : answerWithQuote(answer, evidence, quote, end.usage);
  };
}

/** Where the evidence is strong and the model made nothing of it, the document speaks for itself, in quotation marks. */
function answerWithQuote(
  answer: GrowingAnswer,
  evidence: readonly EvidencePassage[],
  quote: { readonly text: string; readonly mark: number },
  usage: Usage | null,
): RunEnd {
  const text = `“${quote.text}” [${quote.mark}]`;
  answer.addText(text);
  answer.setChecks([{ start: 0, end: text.length, isSupported: true, marks: [quote.mark] }]);
  cite(answer, evidence, [quote.mark]);
  return { reason: 'complete', usage };
}
