import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import { isHiddenText, screenedOf } from '../../shared/shown-text.ts';
import type { Message } from '../../shared/message.ts';
import type { PlaceChoice } from '../../shared/route.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { Storage } from '../../storage/storage.ts';
import type { StartedAnswer } from '../chat/chat-service.ts';
import type { AnswerPlaces, Place } from '../cloud/cloud-service.ts';
import type { ConversationsService, StoredQuestion } from '../conversations/conversations-service.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import type { AnswerRecorder, AnswerWork, GrowingAnswer } from '../runs/runs-service.ts';
import type { SummariesService } from '../summaries/summaries-service.ts';
import { answerQuestion } from './answer-question.ts';
import type { PreparedQuestion } from './answer-question-options.ts';
import type { AnswersService } from './answers-service.ts';
import { awaitIndexing } from './await-indexing.ts';
import { checksOf } from './cite-evidence.ts';
import { completeQuestion } from './complete-question.ts';
import type { EarlierTurn } from './complete-question.ts';
import { withoutMarks } from './sentence-buffer.ts';

/** What the service is made of. `recorder` is the one that the chat has too. */
export type AnswersServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages' | 'passages'>;
  readonly conversations: Pick<ConversationsService, 'storeQuestion' | 'askAgain'>;
  readonly recorder: Pick<AnswerRecorder, 'begin' | 'resume'>;
  readonly documents: Pick<DocumentsService, 'get' | 'search' | 'askedWords' | 'whenIndexed' | 'content' | 'inScope'>;
  readonly summaries: Pick<SummariesService, 'treeOf'>;
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly provider: ModelProvider;
  /** Finds where an answer is made. */
  readonly places: AnswerPlaces;
  readonly engine: Pick<InferenceEngine, 'embed' | 'measure' | 'loaded'>;
  readonly models: Pick<ModelsService, 'current' | 'resolve'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
};

const emptyScope: SearchScope = { documentIds: [], collectionIds: [] };

/** Turns before the question, oldest first: what was asked, and what of the answer the documents carried. */
function earlierTurns(branch: readonly Message[]): readonly EarlierTurn[] {
  return branch.flatMap((message, index) => {
    if (message.role !== 'user') return [];
    const reply = branch[index + 1];
    const text = reply === undefined || isHiddenText(screenedOf(reply)) ? '' : messageText(reply);
    const carried = checksOf(reply ?? null).filter(({ isSupported }) => isSupported);
    const answer = carried.map(({ start, end }) => text.slice(start, end)).join(' ');
    return [{ question: messageText(message), answer: withoutMarks(answer) }];
  });
}

/** Makes the service. */
export function createAnswersService(options: AnswersServiceOptions): AnswersService {
  const { storage, conversations, recorder, documents, presets, places } = options;

  const workOn = (
    { conversationId, questionId }: StoredQuestion,
    earlier: Message | null,
    place: Place,
  ): AnswerWork => {
    const prepare = async (answer: GrowingAnswer, signal: AbortSignal): Promise<PreparedQuestion> => {
      const [conversation, branch] = await Promise.all([
        storage.conversations.get(conversationId),
        storage.messages.branch(questionId),
      ]);
      const turns = earlierTurns(branch);
      const question = turns.at(-1)?.question ?? '';
      const { documentIds, collectionIds } = conversation ?? emptyScope;
      await awaitIndexing(answer, { documentIds, collectionIds }, options, signal);
      const query = completeQuestion(question, turns.slice(0, -1));
      return { question, query, scope: { documentIds, collectionIds } };
    };
    return async (answer, signal) => {
      const { modelId } = await presets.answerOptions(await storage.conversations.get(conversationId));
      const provider = place.provider(options.provider.withModel(modelId));
      const parts = { ...options, passages: storage.passages, modelId, provider, isRemote: place.isRemote };
      return answerQuestion({ conversationKey: conversationId, prepare, earlier }, parts)(answer, signal);
    };
  };

  const begin = async (question: StoredQuestion, choice: PlaceChoice | null): Promise<StartedAnswer> => {
    const { conversationId, questionId } = question;
    const answerId = createId(messageIdSchema);
    const work = places.placed({ task: 'answer', conversationId, questionId, choice }, (place) =>
      workOn(question, null, place),
    );
    const runId = await recorder.begin({ id: answerId, conversationId, parentId: questionId }, work);
    return { conversationId, questionId, answerId, runId };
  };

  return {
    async ask({ conversationId: id, scope, question: text, choice }) {
      for (const documentId of scope.documentIds) await documents.get(documentId);
      const target = id === undefined ? {} : { conversationId: id };
      return begin(await conversations.storeQuestion({ ...target, ...scope, text }), choice ?? null);
    },
    retry: async (answerId, choice) => begin(await conversations.askAgain(answerId), choice ?? null),
    answer: async (question) => begin(question, null),
    async continue(earlier) {
      const { id: answerId, conversationId, parentId: questionId } = earlier;
      if (questionId === null) throw new AppError('app/not-found', 'There is no such answer.', { kind: 'message' });
      const work = workOn({ conversationId, questionId }, earlier, places.here);
      const runId = await recorder.resume(earlier, work);
      return { conversationId, questionId, answerId, runId };
    },
  };
}
