import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import { AnswerComposer } from './answer-composer.ts';
import { checkSentence } from './check-sentence.ts';
import { checksOf, cite } from './cite-evidence.ts';
import { composePrompt, exampleWords } from './compose-prompt.ts';
import type { Reading } from './compose-prompt.ts';
import type { EvidencePassage } from './evidence.ts';
import { createDoubtJudge } from './judge-doubt.ts';
import { withoutMarks } from './sentence-buffer.ts';

/** What letting a model answer needs. */
export type AttemptOptions = {
  readonly provider: ModelProvider;
  readonly engine: Pick<InferenceEngine, 'embed' | 'measure' | 'loaded'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
};

/** `hasRunOut`: the model was still thinking when it met the limit, so it has not said that there is no answer. */
export type Attempt = {
  readonly isSupported: boolean;
  readonly hasRunOut: boolean;
  /** The model said by itself that the text does not tell. */
  readonly hasRefused: boolean;
  readonly end: RunEnd;
};

/** A question with what the answer said before, if it is continued. */
export type AttemptedQuestion = {
  readonly conversationKey: string;
  readonly earlier: Message | null;
  readonly question: string;
};

/** What the model reads, and the passages that may carry what it says. `canJudge` models decide about doubtful sentences. */
export type AttemptMaterial = {
  readonly evidence: readonly EvidencePassage[];
  readonly reading: Reading;
  readonly canJudge: boolean;
  /** Says a whole sentence of the model as a person is to read it, before it is checked. Default: as it stands. */
  readonly reword?: (sentence: string) => string;
};

/** Prompt file, tokens and notice of an answer by what the model reads. */
const ways = {
  sentences: { prompt: 'answer', maxTokens: 120, notice: 'documents-passages' },
  passages: { prompt: 'answer-large', maxTokens: 400, notice: 'documents-passages' },
  whole: { prompt: 'answer-whole', maxTokens: 400, notice: 'documents-whole' },
  // A list of all there is, a sentence each.
  findings: { prompt: 'answer-findings', maxTokens: 1_000, notice: 'documents-findings' },
} as const satisfies Record<Reading['plan'], object>;

/** The prompt, and what a continued answer said before, as the model wrote it. */
function composeTurns(
  template: string,
  { question, earlier }: AttemptedQuestion,
  evidence: readonly EvidencePassage[],
  reading: Reading,
) {
  const said = withoutMarks(earlier === null ? '' : messageText(earlier));
  const turns = composePrompt(template, question, evidence, reading);
  return said === '' ? turns : [...turns, { role: 'assistant', text: said } as const];
}

/** Lets the model answer once, and lets through what the passages carry. */
export async function attemptAnswer(
  answer: GrowingAnswer,
  asked: AttemptedQuestion,
  { evidence, reading, canJudge, reword }: AttemptMaterial,
  options: AttemptOptions,
  signal: AbortSignal,
): Promise<Attempt> {
  const { provider, engine, resourcesFolder, logger } = options;
  const { question, conversationKey, earlier } = asked;
  const { prompt, maxTokens, notice } = ways[reading.plan];
  const template = await readPrompt(resourcesFolder, prompt);
  const context = { question, exampleWords: exampleWords(template) };
  const judgeDoubt = createDoubtJudge(canJudge, options, signal);
  const composer = new AnswerComposer(
    async (sentence) => {
      const [vector] = await engine.embed([sentence], { priority: 'interactive', signal }).catch(() => {
        logger.debug('sentence-checked-by-words');
        return [];
      });
      return await judgeDoubt(sentence, checkSentence(sentence, vector ?? null, context, evidence), evidence);
    },
    { length: answer.text.length, checks: checksOf(earlier) },
    reword,
  );
  const turns = composeTurns(template, asked, evidence, reading);
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
      answer.addNotice(notice);
      answer.setChecks(composer.checks);
      cite(answer, evidence, composer.marks, earlier);
    }
  }
  const { isSupported, hasRefused } = composer;
  return { isSupported, hasRefused, hasRunOut: isThinking && end.reason === 'length', end };
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
