import { describe, expect, it } from 'vitest';
import { conversationIdSchema, createId, messageIdSchema, remoteIdSchema, runIdSchema } from '../../shared/ids.ts';
import type { MessagePart } from '../../shared/message.ts';
import { settingsSchema } from '../../shared/settings.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRedactionService } from '../redaction/create-redaction-service.ts';
import type { RoutingDecision, RoutingQuestion } from '../routing/routing-service.ts';
import type { AnswerWork, GrowingAnswer, NewAnswer } from '../runs/runs-service.ts';
import type { PlacedQuestion, PlacedWork } from './cloud-service.ts';
import { createAnswerPlaces } from './create-answer-places.ts';
import type { AnswerPlacesOptions } from './create-answer-places.ts';

const here: RoutingDecision = {
  route: { zone: 'local', reason: 'fits-local' },
  remoteId: null,
  isAsked: false,
  others: [],
};
const elsewhere = (isAsked: boolean): RoutingDecision => ({
  route: { zone: 'cloud', reason: 'local-answer-rejected' },
  remoteId: createId(remoteIdSchema),
  isAsked,
  others: [],
});

const question: PlacedQuestion = {
  task: 'answer',
  conversationId: createId(conversationIdSchema),
  questionId: createId(messageIdSchema),
  choice: null,
};

/** What the places are asked, and what they do: routing that answers as it is told, and everything else at rest. */
function build(patch: SettingsPatch, after: RoutingDecision, isPrivate = false, beginsFurtherAnswers = true) {
  const asked: RoutingQuestion[] = [];
  const begun: NewAnswer[] = [];
  const told: string[] = [];
  const routing = {
    decide: async (one: RoutingQuestion) => {
      asked.push(one);
      return one.localAnswer === null ? here : after;
    },
  };
  const recorder = { begin: async (answer: NewAnswer) => (begun.push(answer), createId(runIdSchema)) };
  const options = {
    settings: { get: async () => settingsSchema.parse(patch) },
    routing,
    recorder,
    privacy: { holdLocalOnly: async () => ({ isLocalOnly: false }) },
    storage: { messages: { branch: async () => [] }, conversations: { get: async () => ({ isPrivate, options: {} }) } },
    redaction: createRedactionService(),
    beginsFurtherAnswers,
    logger: createRecordingLogger(),
    // Nothing else is looked at by answers that are made here.
  } as unknown as AnswerPlacesOptions;
  const answer = {
    text: '',
    addNotice: (name: string) => told.push(name),
    addPart: (_part: MessagePart) => undefined,
    // What withholding writes is all that this work does.
  } as unknown as GrowingAnswer;
  const withhold: PlacedWork = () => async (growing) => {
    growing.addNotice('not-in-documents');
    return { reason: 'complete', usage: null };
  };
  const run = async (one: PlacedQuestion = question) => {
    const work: AnswerWork = createAnswerPlaces(options).placed(one, withhold);
    return await work(answer, new AbortController().signal);
  };
  return { run, asked, begun, told };
}

describe('an answer from documents that its check rejects', () => {
  it('is followed by one from elsewhere beside it, where nobody has to be asked', async () => {
    const { run, asked, begun, told } = build({ cloudMode: 'auto' }, elsewhere(false));
    await run();
    expect(asked.map(({ localAnswer }) => localAnswer?.isWithheld ?? null)).toEqual([null, true]);
    expect(begun).toEqual([expect.objectContaining({ parentId: question.questionId })]);
    expect(told).toEqual(['not-in-documents']);
  });

  it.each([
    ['the person is asked each time', true, true],
    ['the door leaves with its first answer', false, false],
  ])('tells that a large model may help, where %s', async (_what, isAsked, goesOn) => {
    const { run, begun, told } = build({ cloudMode: 'ask' }, elsewhere(isAsked), false, goesOn);
    await run();
    expect(begun).toEqual([]);
    expect(told).toEqual(['not-in-documents', 'large-model-may-help']);
  });

  // Catches an escalation that carries off what the person keeps out of every list.
  it('is for this machine and own servers only when the conversation is private', async () => {
    const { run, asked } = build({ cloudMode: 'auto' }, here, true);
    await run();
    expect(asked.map(({ isLocalOnly }) => isLocalOnly)).toEqual([false, true]);
  });

  it('stays as it is when the person chose this machine', async () => {
    const { run, asked, begun } = build({ cloudMode: 'auto' }, elsewhere(false));
    await run({ ...question, choice: 'local' });
    expect(asked).toHaveLength(1);
    expect(begun).toEqual([]);
  });
});

describe('while the mode is off', () => {
  // Catches a local answer that pays for what nobody has turned on.
  it('nothing is looked at but the setting', async () => {
    const { run, asked } = build({ cloudMode: 'off' }, here);
    await run();
    expect(asked).toEqual([]);
  });
});
