import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import { localAnswerOf } from '../../shared/local-answer.ts';
import type { LocalAnswer } from '../../shared/local-answer.ts';
import { messageText } from '../../shared/message.ts';
import type { RouteReason } from '../../shared/route.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PrivacyService } from '../privacy/privacy-service.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { RoutingDecision, RoutingService } from '../routing/routing-service.ts';
import type { AnswerRecorder, AnswerWork, GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerPlaces, PlacedQuestion, PlacedWork } from './cloud-service.ts';
import type { ConversationRedactors } from './conversation-redactors.ts';
import { asItIs, withRoute } from './local-place.ts';
import { PlaceChange } from './place-change.ts';
import { createRemoteModelProvider } from './remote-model-provider.ts';
import type { RemoteModelParts } from './remote-model-provider.ts';
import { guessTokens } from './token-guess.ts';
import { watchAnswer } from './watch-answer.ts';

/** What places are found and filled with. */
export type AnswerPlacesOptions = RemoteModelParts & {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly routing: RoutingService;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly privacy: Pick<PrivacyService, 'localOnly' | 'holdLocalOnly'>;
  readonly redactors: ConversationRedactors;
  readonly recorder: Pick<AnswerRecorder, 'begin'>;
  /** False behind a door that leaves with its first answer. */
  readonly beginsFurtherAnswers: boolean;
  readonly logger: Logger;
};

/** Tokens of the passages that an answer from documents reads, at most. */
const passageTokens = 1_600;

const here = (reason: RouteReason): RoutingDecision => ({
  route: { zone: 'local', reason },
  remoteId: null,
  isAsked: false,
  others: [],
});

/** Makes it. While the mode is off it reads one setting, and the work is what it would be without it. */
export function createAnswerPlaces(options: AnswerPlacesOptions): AnswerPlaces {
  return {
    here: asItIs,
    placed: (question, work) => async (answer, signal) => {
      const { cloudMode } = await options.settings.get();
      // The reason is told to whoever asked for a remote; everybody else has never heard of one.
      if (cloudMode === 'off' && question.choice !== 'remote') return await work(asItIs)(answer, signal);
      const first = await decide(question, null, options, signal);
      return await follow(first, question, work, options)(answer, signal);
    },
  };
}

async function decide(
  { task, conversationId, questionId, choice }: PlacedQuestion,
  localAnswer: LocalAnswer | null,
  { storage, routing, privacy, redaction, settings }: AnswerPlacesOptions,
  signal: AbortSignal,
): Promise<RoutingDecision> {
  const [label, conversation, branch, { redactedWords: ownWords }] = await Promise.all([
    privacy.holdLocalOnly(conversationId),
    storage.conversations.get(conversationId),
    storage.messages.branch(questionId),
    settings.get(),
  ]);
  const texts = branch.map((message) => messageText(message));
  const text = texts.at(-1) ?? '';
  // One that is forgotten again: nothing is given a placeholder for good by thinking about it.
  const redactor = redaction.createRedactor();
  const redacted = redactor.redactAll(task === 'answer' ? [text] : texts, { ownWords, keptKinds: [] });
  const question = {
    task,
    text,
    // What was said before is cut to fit on this machine, as ever.
    promptTokens: guessTokens(text) + (task === 'answer' ? passageTokens : 0),
    // Nothing of a private conversation goes to a cloud by itself after it was answered here.
    isLocalOnly: label.isLocalOnly || (localAnswer !== null && conversation?.isPrivate === true),
    identifierCount: redacted.reduce((sum, { replacements }) => sum + replacements.length, 0),
    irreplaceableCount: redaction.findLeaks(redacted.map((one) => one.text).join('\n'), redactor).length,
    localAnswer,
    choice,
  };
  const decision = await routing.decide(question, signal);
  // The small window has no room for a preview: what would need one is answered here.
  return task === 'quick-ask' && decision.isAsked && conversation?.options.sendsWithoutPreview !== true
    ? here('fits-local')
    : decision;
}

/** Makes the answer where the decision says, and goes on to the next choice where that fails. */
function follow(
  first: RoutingDecision,
  question: PlacedQuestion,
  work: PlacedWork,
  options: AnswerPlacesOptions,
): AnswerWork {
  return async (answer, signal) => {
    let decision = first;
    let failure: AppError | null = null;
    for (;;) {
      try {
        if (decision.remoteId !== null) return await makeElsewhere(decision, question, work, options)(answer, signal);
        return await makeHere(decision, question, work, options)(answer, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        if (decision.remoteId === null) {
          // Without a model here, what is wrong is that the remote failed.
          throw failure !== null && AppError.from(error).code === 'model/none' ? failure : error;
        }
        if (error instanceof PlaceChange) {
          decision = here(error.reason);
          continue;
        }
        failure = AppError.from(error);
        decision = await nextAfter(failure, decision, { question, answer }, options);
      }
    }
  };
}

/** The next choice; throws the failure where there is none. */
async function nextAfter(
  failure: AppError,
  decision: RoutingDecision,
  { question, answer }: { readonly question: PlacedQuestion; readonly answer: GrowingAnswer },
  { routing, logger }: AnswerPlacesOptions,
): Promise<RoutingDecision> {
  const { code, details } = failure;
  logger.warn('remote-failed', { code, zone: decision.route.zone, mayBeBilled: details['mayBeBilled'] === true });
  // Whoever asked for this remote hears what is wrong with it and decides.
  if (question.choice === 'remote' || answer.text !== '') throw failure;
  if (code === 'cloud/leak') return here('private-content');
  if (code === 'cloud/budget-spent') return here('budget-spent');
  if (code === 'provider/refused') {
    answer.addNotice('remote-failed');
    return here('remote-failed');
  }
  // Also what failed before the provider knew of it, such as a keychain that is locked.
  const mayBeBilled = code.startsWith('provider/') || code.startsWith('egress/') ? details['mayBeBilled'] : false;
  if (mayBeBilled !== false) throw failure;
  answer.addNotice('remote-failed');
  return await routing.next(decision);
}

function makeElsewhere(
  decision: RoutingDecision,
  { conversationId }: PlacedQuestion,
  work: PlacedWork,
  options: AnswerPlacesOptions,
): AnswerWork {
  return async (answer, signal) => {
    const { storage, remotes, privacy, redactors } = options;
    const [remote, conversation] = await Promise.all([
      remotes.list().then((all) => all.find(({ id }) => id === decision.remoteId)),
      storage.conversations.get(conversationId),
    ]);
    const modelName = remote?.modelName ?? null;
    if (remote === undefined || modelName === null || conversation === null) {
      throw new AppError('cloud/no-remote', 'The remote is not set up any more.', { mayBeBilled: false });
    }
    const provider = createRemoteModelProvider(
      {
        remote: { ...remote, modelName },
        decision,
        conversationId,
        isPrivate: conversation.isPrivate,
        isShown: decision.isAsked && conversation.options.sendsWithoutPreview !== true,
        isLocalOnly: async () => (await privacy.localOnly(conversationId)).isLocalOnly,
        redactor: redactors.of(conversationId),
        answer,
      },
      options,
    );
    return await work({ isRemote: true, provider: () => provider })(answer, signal);
  };
}

function makeHere(
  { route }: RoutingDecision,
  question: PlacedQuestion,
  work: PlacedWork,
  options: AnswerPlacesOptions,
): AnswerWork {
  return async (growing, signal) => {
    const { answer, parts } = watchAnswer(growing);
    const end = await work({ isRemote: false, provider: (local) => withRoute(local, route) })(answer, signal);
    await askElsewhereToo(
      end,
      question,
      work,
      { answer: growing, localAnswer: localAnswerOf({ parts: parts() }, null) },
      options,
      signal,
    );
    return end;
  };
}

/** Only answers that are checked against documents can be known to be wrong. */
const isCheckable = ({ task, choice }: PlacedQuestion, { reason }: RunEnd): boolean =>
  task === 'answer' && choice === null && reason === 'complete';

/** After an answer that its check rejects: a large model is asked too, or the person is told that one may help. */
async function askElsewhereToo(
  end: RunEnd,
  question: PlacedQuestion,
  work: PlacedWork,
  { answer, localAnswer }: { readonly answer: GrowingAnswer; readonly localAnswer: LocalAnswer },
  options: AnswerPlacesOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!isCheckable(question, end)) return;
  try {
    const decision = await decide(question, localAnswer, options, signal);
    if (decision.remoteId === null) return;
    if (decision.isAsked || !options.beginsFurtherAnswers) {
      answer.addNotice('large-model-may-help');
      return;
    }
    const { conversationId, questionId } = question;
    const id = createId(messageIdSchema);
    const elsewhere = follow(decision, { ...question, choice: 'remote' }, work, options);
    await options.recorder.begin({ id, conversationId, parentId: questionId }, elsewhere);
  } catch (error) {
    // The answer that is there stays as it is.
    if (!signal.aborted) options.logger.warn('answer-not-asked-elsewhere', { code: AppError.from(error).code });
  }
}
