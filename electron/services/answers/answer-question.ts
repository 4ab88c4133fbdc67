import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { CitedPassage } from '../../shared/document.ts';
import type { ModelId } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Message, SentenceCheck } from '../../shared/message.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { Usage } from '../../shared/usage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { AnswerWork, GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import { AnswerComposer } from './answer-composer.ts';
import { checkSentence } from './check-sentence.ts';
import { composePrompt, exampleWords, smallModelParameters, strongestQuote } from './compose-prompt.ts';
import type { Reading } from './compose-prompt.ts';
import type { EvidencePassage } from './evidence.ts';
import { findEvidence } from './find-evidence.ts';
import { judgeRelevance } from './judge-relevance.ts';
import { withoutMarks } from './sentence-buffer.ts';
import { wholeText } from './whole-text.ts';

/** What answering from documents needs. */
export type AnswerQuestionOptions = {
  readonly documents: Pick<DocumentsService, 'search' | 'get' | 'content'>;
  /** The one over the model `modelId`. */
  readonly provider: ModelProvider;
  /** Null is the model of the settings. */
  readonly modelId: ModelId | null;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly models: Pick<ModelsService, 'current' | 'resolve'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
};

/** A question that is ready to be searched: `query` has the question before it where it needs it to be understood. */
export type PreparedQuestion = {
  readonly question: string;
  readonly query: string;
  readonly scope: SearchScope;
};

/** Prompt file and tokens of an answer by what the model reads. */
const ways = {
  sentences: { prompt: 'answer', maxTokens: 120 },
  passages: { prompt: 'answer-large', maxTokens: 400 },
  whole: { prompt: 'answer-whole', maxTokens: 400 },
} as const satisfies Record<Reading['plan'], object>;

/** What is asked, and what the answer said before, if it is continued. */
export type AskedQuestion = {
  readonly conversationKey: string;
  readonly prepare: (answer: GrowingAnswer, signal: AbortSignal) => Promise<PreparedQuestion>;
  readonly earlier: Message | null;
};

const withoutSentences = ({ mark, passage, score }: EvidencePassage): CitedPassage => ({ mark, passage, score });

type Parts = Pick<Message, 'parts'> | null;

function cite(
  answer: GrowingAnswer,
  evidence: readonly EvidencePassage[],
  marks: readonly number[],
  earlier: Parts = null,
): void {
  const known = new Set(earlier?.parts.flatMap((part) => (part.type === 'citation' ? [part.passage.mark] : [])));
  for (const mark of marks.filter((candidate) => !known.has(candidate))) {
    const cited = evidence.find((passage) => passage.mark === mark);
    if (cited) answer.addPart({ type: 'citation', passage: withoutSentences(cited) });
  }
}

const checksOf = (earlier: Parts): readonly SentenceCheck[] =>
  earlier?.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : [])) ?? [];

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

/** `hasRunOut`: the model was still thinking when it met the limit, so it has not said that there is no answer. */
type Attempt = { readonly isSupported: boolean; readonly hasRunOut: boolean; readonly end: RunEnd };

type Asked = Pick<AskedQuestion, 'conversationKey' | 'earlier'> & { readonly question: string };

/** The prompt, and what a continued answer said before, as the model wrote it. */
function composeTurns(
  template: string,
  { question, earlier }: Asked,
  evidence: readonly EvidencePassage[],
  reading: Reading,
) {
  const said = withoutMarks(earlier === null ? '' : messageText(earlier));
  const turns = composePrompt(template, question, evidence, reading);
  return said === '' ? turns : [...turns, { role: 'assistant', text: said } as const];
}

/** Lets the model answer once, and lets through what the passages carry. */
async function attempt(
  answer: GrowingAnswer,
  asked: Asked,
  { evidence, reading }: { readonly evidence: readonly EvidencePassage[]; readonly reading: Reading },
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<Attempt> {
  const { provider, engine, resourcesFolder, logger } = options;
  const { question, conversationKey, earlier } = asked;
  const { prompt, maxTokens } = ways[reading.plan];
  const template = await readPrompt(resourcesFolder, prompt);
  const turns = composeTurns(template, asked, evidence, reading);
  const context = { question, exampleWords: exampleWords(template) };
  const composer = new AnswerComposer(
    async (sentence) => {
      const [vector] = await engine.embed([sentence], { priority: 'interactive', signal }).catch(() => {
        logger.debug('sentence-checked-by-words');
        return [];
      });
      return checkSentence(sentence, vector ?? null, context, evidence);
    },
    { length: answer.text.length, checks: checksOf(earlier) },
  );
  const request = { conversationKey, turns, sampling: { temperature: 0 }, maxTokens };
  let end: RunEnd = { reason: 'interrupted', usage: null };
  let isThinking = false;
  try {
    for await (const part of provider.stream({ ...request, priority: 'interactive' }, signal)) {
      if (part.type === 'reasoning-delta' || part.type === 'text-delta') isThinking = part.type === 'reasoning-delta';
      end = (await showPart(answer, composer, part)) ?? end;
    }
  } finally {
    // Whatever cut it short: what is shown keeps its checks and its citations.
    if (composer.isSupported) {
      answer.addNotice(reading.plan === 'whole' ? 'documents-whole' : 'documents-passages');
      answer.setChecks(composer.checks);
      cite(answer, evidence, composer.marks, earlier);
    }
  }
  return { isSupported: composer.isSupported, hasRunOut: isThinking && end.reason === 'length', end };
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
  scope: SearchScope,
  contextTokens: number,
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<readonly Reading[]> {
  // A small model that went astray on three sentences often answers from one.
  if (await isSmallModel(options)) return [3, 1].map((sentences) => ({ plan: 'sentences', sentences }));
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

/** The work of one answer: evidence, then text that the evidence carries, or the honest word that there is none. */
export function answerQuestion(
  { conversationKey, prepare, earlier }: AskedQuestion,
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
    // What was said already stands, even if a document that carried it was removed meanwhile.
    if (relevance === 'none') {
      return answer.text === '' ? abstain(answer, evidence, null) : { reason: 'complete', usage: null };
    }

    const asked = { question, conversationKey, earlier };
    const readings = await planReadings(prepared.scope, await model.ready, options, signal);
    let last: Attempt = { isSupported: false, hasRunOut: false, end: { reason: 'complete', usage: null } };
    for (const reading of readings) {
      last = await attempt(answer, asked, { evidence, reading }, options, signal);
      if (last.isSupported || last.end.reason === 'stopped') return last.end;
    }
    const quote = relevance === 'strong' ? strongestQuote(evidence) : null;
    if (quote === null && last.hasRunOut) return last.end;
    const { usage } = last.end;
    return quote === null ? abstain(answer, evidence, usage) : answerWithQuote(answer, evidence, quote, usage);
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
  answer.addNotice('documents-passages');
  cite(answer, evidence, [quote.mark]);
  return { reason: 'complete', usage };
}
