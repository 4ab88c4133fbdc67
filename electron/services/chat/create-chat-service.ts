import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { PlaceChoice } from '../../shared/route.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import type { AnswersService } from '../answers/answers-service.ts';
import type { AnswerPlaces, PlacedQuestion } from '../cloud/cloud-service.ts';
import type { ConversationsService, StoredQuestion } from '../conversations/conversations-service.ts';
import type { AnswerRecorder } from '../runs/runs-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import { answerTurn } from './answer-turn.ts';
import type { ChatService, StartedAnswer } from './chat-service.ts';
import { asksDocuments } from './gather-history.ts';
import { measureContext, ShownBranch } from './measure-context.ts';
import { TokenCounts } from './token-counter.ts';

/** What the chat is made of. `recorder` is the one that the answers service has too. */
export type ChatServiceOptions = {
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly conversations: Pick<ConversationsService, 'storeQuestion' | 'askAgain' | 'askInOtherWords'>;
  readonly answers: Pick<AnswersService, 'answer' | 'continue'>;
  readonly provider: ModelProvider;
  readonly recorder: Pick<AnswerRecorder, 'begin' | 'resume'>;
  /** Finds where an answer is made. */
  readonly places: AnswerPlaces;
  /** What is asked here; default `chat`. */
  readonly task?: PlacedQuestion['task'];
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
};

/** True for one that ended before it was finished. */
function canGoOn({ status, parts }: Message): boolean {
  if (status === 'stopped' || status === 'interrupted') return true;
  return status === 'complete' && parts.some((part) => part.type === 'notice' && part.name === 'length-limit');
}

/** True for an answer whose sentences were checked against passages. */
function isFromDocuments({ parts }: Message): boolean {
  return parts.some((part) => part.type === 'citation' || (part.type === 'text' && part.checks !== undefined));
}

/** Chat over stored conversations. */
export function createChatService(options: ChatServiceOptions): ChatService {
  const { storage, conversations, answers, recorder, places, task = 'chat' } = options;
  const turnOptions = { ...options, counts: new TokenCounts() };
  const shown = new ShownBranch(storage.messages);

  const answer = async (
    { conversationId, questionId }: StoredQuestion,
    choice: PlaceChoice | null,
  ): Promise<StartedAnswer> => {
    const answerId = createId(messageIdSchema);
    const work = places.placed({ task, conversationId, questionId, choice }, (place) =>
      answerTurn({ conversationId, questionId, textSoFar: '' }, turnOptions, place),
    );
    const runId = await recorder.begin({ id: answerId, conversationId, parentId: questionId }, work);
    return { conversationId, questionId, answerId, runId };
  };

  const findUnfinished = async (answerId: MessageId) => {
    const found = await storage.messages.get(answerId);
    const conversation = found === null ? null : await storage.conversations.get(found.conversationId);
    if (found?.role !== 'assistant' || found.parentId === null || conversation === null) {
      throw new AppError('app/not-found', 'There is no such answer.', { kind: 'message' });
    }
    if (!canGoOn(found)) throw new AppError('app/invalid-input', 'The answer is finished.', { reason: 'complete' });
    // Stopped before its first word, it is as if it had not been begun.
    const isOpen = messageText(found) === '' && asksDocuments(conversation);
    return { unfinished: found, questionId: found.parentId, isGrounded: isOpen || isFromDocuments(found) };
  };

  return {
    send: async ({ choice, ...question }) => answer(await conversations.storeQuestion(question), choice ?? null),
    retry: async (answerId, choice) => answer(await conversations.askAgain(answerId), choice ?? null),
    async edit({ questionId, text }) {
      const question = await conversations.askInOtherWords(questionId, text);
      const conversation = await storage.conversations.get(question.conversationId);
      return asksDocuments(conversation) ? answers.answer(question) : answer(question, null);
    },
    async continue(answerId) {
      const { unfinished, questionId, isGrounded } = await findUnfinished(answerId);
      const { conversationId } = unfinished;
      // Most large models cannot go on in the middle of an answer; what began elsewhere is continued here.
      const turn = { conversationId, questionId, textSoFar: messageText(unfinished) };
      const work = answerTurn(turn, turnOptions, places.here);
      const started = isGrounded
        ? await answers.continue(unfinished)
        : { conversationId, questionId, answerId, runId: await recorder.resume(unfinished, work) };
      // From here on it is stored as growing, and what is read of it is not remembered.
      shown.forget();
      return started;
    },
    meter: (request, signal) => measureContext(request, turnOptions, shown, signal),
  };
}
