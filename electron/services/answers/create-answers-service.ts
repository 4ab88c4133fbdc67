import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { contentWords } from '../../shared/content-words.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { Storage } from '../../storage/storage.ts';
import type { StartedAnswer } from '../chat/chat-service.ts';
import type { ConversationsService, StoredQuestion } from '../conversations/conversations-service.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import type { AnswerRecorder, AnswerWork, GrowingAnswer } from '../runs/runs-service.ts';
import { answerQuestion } from './answer-question.ts';
import type { PreparedQuestion } from './answer-question.ts';
import type { AnswersService } from './answers-service.ts';

/** What the service is made of. `recorder` is the one that the chat has too. */
export type AnswersServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly conversations: Pick<ConversationsService, 'storeQuestion' | 'askAgain'>;
  readonly recorder: Pick<AnswerRecorder, 'begin' | 'resume'>;
  readonly documents: Pick<DocumentsService, 'get' | 'search' | 'whenIndexed' | 'content'>;
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly provider: ModelProvider;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly models: Pick<ModelsService, 'current' | 'resolve'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
};

/** A question waits this long for its documents to be indexed; then words alone find, and a notice says so. */
const indexingPatienceMs = 10_000;

const emptyScope: SearchScope = { documentIds: [], collectionIds: [] };

/** A question with fewer words of its own, such as `And when?`, is searched together with the one before it. */
const fewWords = 2;

/** Waits a little for documents that are still being indexed, and says so when that was not long enough. */
async function awaitIndexing(
  answer: GrowingAnswer,
  ids: SearchScope['documentIds'],
  { documents, clock }: Pick<AnswersServiceOptions, 'documents' | 'clock'>,
  signal: AbortSignal,
): Promise<void> {
  for (const id of ids) {
    const { status, passages, passagesIndexed } = await documents.get(id);
    if (status !== 'indexing') continue;
    const progress = { phase: 'indexing', done: passagesIndexed, total: passages, remainingMs: null } as const;
    answer.write({ type: 'progress', ...progress });
    const patience = new AbortController();
    const waiting = AbortSignal.any([signal, patience.signal]);
    void clock.delay(indexingPatienceMs, waiting).then(
      () => patience.abort(),
      () => undefined,
    );
    const indexed = await documents.whenIndexed(id, waiting).catch(() => null);
    patience.abort();
    signal.throwIfAborted();
    if (indexed?.status !== 'ready') answer.addNotice('index-incomplete');
  }
}

/** Makes the service. */
export function createAnswersService(options: AnswersServiceOptions): AnswersService {
  const { storage, conversations, recorder, documents, presets } = options;

  const workOn = ({ conversationId, questionId }: StoredQuestion, earlier: Message | null): AnswerWork => {
    const prepare = async (answer: GrowingAnswer, signal: AbortSignal): Promise<PreparedQuestion> => {
      const [conversation, branch] = await Promise.all([
        storage.conversations.get(conversationId),
        storage.messages.branch(questionId),
      ]);
      const questions = branch.filter(({ role }) => role === 'user').map(messageText);
      const [before = '', question = ''] = ['', ...questions].slice(-2);
      const { documentIds, collectionIds } = conversation ?? emptyScope;
      // A collection is read in the background; a question waits only for what was named by itself.
      await awaitIndexing(answer, documentIds, options, signal);
      const query = contentWords(question).size < fewWords ? `${before} ${question}`.trim() : question;
      return { question, query, scope: { documentIds, collectionIds } };
    };
    return async (answer, signal) => {
      const { modelId } = await presets.answerOptions(await storage.conversations.get(conversationId));
      const parts = { ...options, modelId, provider: options.provider.withModel(modelId) };
      return answerQuestion({ conversationKey: conversationId, prepare, earlier }, parts)(answer, signal);
    };
  };

  const begin = async (question: StoredQuestion): Promise<StartedAnswer> => {
    const { conversationId, questionId } = question;
    const answerId = createId(messageIdSchema);
    const runId = await recorder.begin({ id: answerId, conversationId, parentId: questionId }, workOn(question, null));
    return { conversationId, questionId, answerId, runId };
  };

  return {
    async ask({ conversationId: id, scope, question: text }) {
      for (const documentId of scope.documentIds) await documents.get(documentId);
      const target = id === undefined ? {} : { conversationId: id };
      return begin(await conversations.storeQuestion({ ...target, ...scope, text }));
    },
    retry: async (answerId) => begin(await conversations.askAgain(answerId)),
    answer: begin,
    async continue(earlier) {
      const { id: answerId, conversationId, parentId: questionId } = earlier;
      if (questionId === null) throw new AppError('app/not-found', 'There is no such answer.', { kind: 'message' });
      const runId = await recorder.resume(earlier, workOn({ conversationId, questionId }, earlier));
      return { conversationId, questionId, answerId, runId };
    },
  };
}
