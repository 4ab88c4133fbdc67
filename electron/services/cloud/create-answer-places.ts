import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import type { RouteReason } from '../../shared/route.ts';
import { localAnswerOf } from '../../shared/local-answer.ts';
import type { LocalAnswer } from '../../shared/local-answer.ts';
import type { AnswerRecorder, AnswerWork, GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { RoutingDecision } from '../routing/routing-service.ts';
import { goesUnseen } from './check-sending.ts';
import type { AnswerPlaces, PlacedQuestion, PlacedWork } from './cloud-service.ts';
import type { ConversationRedactors } from './conversation-redactors.ts';
import { decidePlace, decideToGoOn } from './decide-place.ts';
import type { DecidePlaceParts } from './decide-place.ts';
import { asItIs, withRoute } from './local-place.ts';
import { here, placeAfter, reasonForStaying } from './next-place.ts';
import { PlaceChange } from './place-change.ts';
import type { RemoteWithModel } from './prepare-request.ts';
import { budgetSpent } from './request-cost.ts';
import { createRemoteModelProvider } from './remote-model-provider.ts';
import type { RemoteModelParts } from './remote-model-provider.ts';
import { watchAnswer } from './watch-answer.ts';

/** What places are found and filled with. */
export type AnswerPlacesOptions = RemoteModelParts &
  DecidePlaceParts & {
    readonly redactors: ConversationRedactors;
    readonly recorder: Pick<AnswerRecorder, 'begin'>;
    /** False behind a door that leaves with its first answer. */
    readonly beginsFurtherAnswers: boolean;
    readonly logger: Logger;
  };

/** An answer on its way through the places. */
type Journey = {
  readonly question: PlacedQuestion;
  readonly work: PlacedWork;
  /** It grows again: what it said before does not count as said here, and it is not asked elsewhere a second time. */
  readonly isContinued: boolean;
};

/** Makes it. While the mode is off it reads one setting, and the work is what it would be without it. */
export function createAnswerPlaces(options: AnswerPlacesOptions): AnswerPlaces {
  return {
    here: asItIs,
    placed: (question, work) => async (answer, signal) => {
      const { cloudMode } = await options.settings.get();
      // The reason is told to whoever asked for a remote; everybody else has never heard of one.
      if (cloudMode === 'off' && question.choice !== 'remote') return await work(asItIs)(answer, signal);
      const first = await decidePlace(question, null, options, signal);
      return await follow(first, { question, work, isContinued: false }, options)(answer, signal);
    },
    continued: (question, from, work) => async (answer, signal) => {
      if (from === null || from.zone === 'local') return await work(asItIs)(answer, signal);
      const first = await decideToGoOn(question, from, options, signal);
      return await follow(first, { question, work, isContinued: true }, options)(answer, signal);
    },
  };
}

/** Makes the answer where the decision says, and goes on to the next choice where that fails. */
function follow(first: RoutingDecision, journey: Journey, options: AnswerPlacesOptions): AnswerWork {
  return async (answer, signal) => {
    const { question } = journey;
    const soFar = answer.text;
    const trying = { hasLeft: false };
    // What sent nothing was not answered elsewhere, whatever was told when it began.
    const tellStayed = (reason: RouteReason): void => {
      if (!trying.hasLeft) answer.tellRoute(here(reason).route);
    };
    let decision = first;
    let failure: AppError | null = null;
    for (;;) {
      try {
        if (decision.remoteId === null) return await makeHere(decision, journey, options)(answer, signal);
        const end = await makeElsewhere(decision, journey, trying, options)(answer, signal);
        if (end.reason === 'stopped') tellStayed('not-sent');
        return end;
      } catch (error) {
        if (signal.aborted && decision.remoteId !== null) tellStayed('not-sent');
        if (signal.aborted) throw error;
        if (decision.remoteId === null) {
          if (AppError.from(error).code !== 'model/none') throw error;
          tellStayed(decision.route.reason);
          // Without a model here, what is wrong is that the remote failed, or that nobody can pay for it.
          throw failure ?? (decision.route.reason === 'budget-spent' ? budgetSpent() : error);
        }
        if (error instanceof PlaceChange) {
          decision = here(error.reason);
          continue;
        }
        failure = AppError.from(error);
        const hasGrown = answer.text !== soFar;
        if (hasGrown && failure.code === 'cloud/ended-by-lock') return endedByLock(answer);
        if (hasGrown && failure.code === 'provider/refused') answer.addNotice('remote-refused-midway');
        // Whoever asked for this remote hears what is wrong with it and decides.
        if (hasGrown || question.choice === 'remote') {
          tellStayed(reasonForStaying(failure.code));
          throw failure;
        }
        decision = await placeAfter(failure, decision, answer, options);
      }
    }
  };
}

/** What had come stays, as if the person had stopped it, which is what the lock is. */
function endedByLock(answer: GrowingAnswer): RunEnd {
  answer.addNotice('ended-by-lock');
  return { reason: 'stopped', usage: null };
}

/** The remote as it is set up when the answer begins. */
async function findRemote(
  { remoteId }: RoutingDecision,
  { remotes }: Pick<AnswerPlacesOptions, 'remotes'>,
): Promise<RemoteWithModel> {
  const remote = (await remotes.list()).find(({ id }) => id === remoteId);
  const modelName = remote?.modelName ?? null;
  if (remote !== undefined && modelName !== null) return { ...remote, modelName };
  throw new AppError('cloud/no-remote', 'The remote is not set up any more.', { mayBeBilled: false });
}

function makeElsewhere(
  decision: RoutingDecision,
  { question: { conversationId }, work }: Journey,
  trying: { hasLeft: boolean },
  options: AnswerPlacesOptions,
): AnswerWork {
  return async (answer, signal) => {
    const { storage, privacy, redactors, settings } = options;
    const remote = await findRemote(decision, options);
    const conversation = await storage.conversations.get(conversationId);
    const provider = createRemoteModelProvider(
      {
        remote,
        decision,
        conversationId,
        isPrivate: conversation?.isPrivate !== false,
        // Read anew for each request: finding passages takes its time, and a person may have changed their mind.
        async isShown() {
          const [{ cloudMode }, now] = await Promise.all([settings.get(), storage.conversations.get(conversationId)]);
          return (decision.isAsked || cloudMode !== 'auto') && (now === null || !goesUnseen(now.options, remote));
        },
        isLocalOnly: async () => (await privacy.localOnly(conversationId)).isLocalOnly,
        redactor: redactors.of(conversationId),
        answer,
        onLeft: () => (trying.hasLeft = true),
      },
      options,
    );
    return await work({ isRemote: true, provider: () => provider })(answer, signal);
  };
}

function makeHere({ route }: RoutingDecision, journey: Journey, options: AnswerPlacesOptions): AnswerWork {
  return async (growing, signal) => {
    const { answer, parts } = watchAnswer(growing);
    const end = await journey.work({ isRemote: false, provider: (local) => withRoute(local, route) })(answer, signal);
    const localAnswer = localAnswerOf({ parts: parts() }, null);
    await askElsewhereToo(end, journey, { answer: growing, localAnswer }, options, signal);
    return end;
  };
}

/** Only answers that are checked against documents can be known to be wrong. */
const isCheckable = ({ question: { task, choice }, isContinued }: Journey, { reason }: RunEnd): boolean =>
  task === 'answer' && choice === null && reason === 'complete' && !isContinued;

/** After an answer that its check rejects: a large model is asked too, or the person is told that one may help. */
async function askElsewhereToo(
  end: RunEnd,
  journey: Journey,
  { answer, localAnswer }: { readonly answer: GrowingAnswer; readonly localAnswer: LocalAnswer },
  options: AnswerPlacesOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!isCheckable(journey, end)) return;
  try {
    const { question } = journey;
    const decision = await decidePlace(question, localAnswer, options, signal);
    if (decision.remoteId === null) return;
    if (decision.isAsked || !options.beginsFurtherAnswers) {
      answer.addNotice('large-model-may-help');
      return;
    }
    const { conversationId, questionId } = question;
    const id = createId(messageIdSchema);
    const elsewhere = follow(decision, { ...journey, question: { ...question, choice: 'remote' } }, options);
    await options.recorder.begin({ id, conversationId, parentId: questionId }, elsewhere);
  } catch (error) {
    // The answer that is there stays as it is.
    if (!signal.aborted) options.logger.warn('answer-not-asked-elsewhere', { code: AppError.from(error).code });
  }
}
