import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { conversationOptionsPatchSchema, conversationOptionsSchema } from '../../shared/conversation.ts';
import type { Conversation, Folder } from '../../shared/conversation.ts';
import { createId, folderIdSchema } from '../../shared/ids.ts';
import type { ConversationId, FolderId, MessageId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { FindingKind } from '../../shared/screening.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { AnswerRecorder } from '../runs/runs-service.ts';
import { buildConversation } from './build-conversation.ts';
import type { ConversationsService } from './conversations-service.ts';
import { requireMessage, storeQuestion } from './store-question.ts';
import { tellChanges } from './tell-changes.ts';

/** UTF-16 code units that a title keeps at most. */
export const titleLimit = 200;
/** UTF-16 code units that the name of a folder keeps at most. */
const folderNameLimit = 100;

/** What the service is made of. */
export type ConversationsServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages' | 'folders'>;
  /** Ends answers whose conversation or question goes away. */
  readonly recorder: Pick<AnswerRecorder, 'stopGrowing'>;
  readonly clock: Clock;
};

/** One line without spaces around it; a surrogate pair that the limit would split goes as a whole. */
function tidyLine(text: string, limit: number): string {
  const line = wellFormedText(text).replace(/\s+/g, ' ').trim();
  return line
    .slice(0, limit)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

const notFound = (kind: 'conversation' | 'message' | 'folder'): AppError =>
  new AppError('app/not-found', `There is no such ${kind}.`, { kind });

type Parts = ConversationsServiceOptions;
type Get = (id: ConversationId) => Promise<Conversation>;

function createFolderCalls({ storage, clock }: Parts) {
  const { folders } = storage;
  const find = async (id: FolderId): Promise<Folder> => {
    const found = (await folders.list()).find((folder) => folder.id === id);
    if (found === undefined) throw notFound('folder');
    return found;
  };
  const nameOf = (text: string): string => {
    const name = tidyLine(text, folderNameLimit);
    if (name === '') throw new AppError('app/invalid-input', 'A folder needs a name.');
    return name;
  };
  return {
    require: async (id: FolderId | null | undefined): Promise<void> => {
      if (id !== null && id !== undefined) await find(id);
    },
    folders: () => folders.list(),
    async createFolder(name: string): Promise<Folder> {
      const folder = { id: createId(folderIdSchema), name: nameOf(name), isLocalOnly: false, createdAt: clock.now() };
      await folders.insert(folder);
      return folder;
    },
    async renameFolder(id: FolderId, name: string): Promise<Folder> {
      await find(id);
      await folders.rename(id, nameOf(name));
      return find(id);
    },
    async setFolderLocalOnly(id: FolderId, isLocalOnly: boolean): Promise<Folder> {
      await find(id);
      await folders.setLocalOnly(id, isLocalOnly);
      return find(id);
    },
    async removeFolder(id: FolderId): Promise<void> {
      await find(id);
      await folders.remove(id);
    },
  };
}

function createQuestionCalls({ storage, recorder, clock }: Parts, get: Get) {
  const { messages } = storage;
  const find = async (id: MessageId, role: Message['role']): Promise<Message> => {
    const message = await messages.get(id);
    if (message === null || message.role !== role) throw notFound('message');
    return message;
  };
  return {
    storeQuestion: ((question) =>
      storeQuestion(question, storage, clock)) satisfies ConversationsService['storeQuestion'],
    async askAgain(answerId: MessageId) {
      const { conversationId, parentId } = await find(answerId, 'assistant');
      if (parentId === null) throw notFound('message');
      await get(conversationId);
      await recorder.stopGrowing(({ id }) => id === answerId);
      return { conversationId, questionId: parentId };
    },
    async askInOtherWords(questionId: MessageId, text: string) {
      const { conversationId, parentId } = await find(questionId, 'user');
      await get(conversationId);
      await recorder.stopGrowing((answer) => answer.parentId === questionId);
      return storeQuestion({ conversationId, parentId, text }, storage, clock);
    },
    async allowFindings(answerId: MessageId, kinds: readonly FindingKind[]): Promise<void> {
      const { status, parts } = await find(answerId, 'assistant');
      // What grows is written over and over by who lets it grow.
      if (status === 'streaming' || !parts.some(({ type }) => type === 'screening')) return;
      const allowed = [...new Set(kinds)];
      await messages.update(answerId, {
        parts: parts.map((part) => (part.type === 'screening' ? { ...part, allowed } : part)),
      });
    },
  };
}

function createViewCalls({ storage }: Parts, get: Get) {
  const { conversations, messages } = storage;
  return {
    async open(id: ConversationId) {
      const conversation = await get(id);
      const { tipId } = conversation;
      return { conversation, messages: tipId === null ? [] : await messages.branch(tipId) };
    },
    async branch(tipId: MessageId) {
      const found = await messages.branch(tipId);
      if (found.length === 0) throw notFound('message');
      return found;
    },
    async outline(id: ConversationId) {
      await get(id);
      return messages.outline(id);
    },
    async show(id: ConversationId, messageId: MessageId, isEnd: boolean) {
      await get(id);
      await requireMessage(messageId, id, messages);
      await conversations.update(id, { tipId: isEnd ? messageId : await messages.newestEnd(messageId) });
      return get(id);
    },
  };
}

/** Titles one after the other: one that a model wrote must never come in between a person's and its look at what is there. */
function createTitleCalls({ conversations }: Parts['storage'], get: Get) {
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    rename: (id: ConversationId, title: string) =>
      inTurn(async () => {
        const tidy = tidyLine(title, titleLimit);
        if (tidy !== '') await conversations.update(id, { title: tidy, titleOrigin: 'user' });
        return get(id);
      }),
    offerTitle: (id: ConversationId, title: string) =>
      inTurn(async () => {
        const { titleOrigin } = await get(id);
        const tidy = tidyLine(title, titleLimit);
        if (titleOrigin !== 'first-words' || tidy === '') return;
        await conversations.update(id, { title: tidy, titleOrigin: 'model' });
      }),
  };
}

/** Makes the service. */
export function createConversationsService(options: ConversationsServiceOptions): ConversationsService {
  const { storage, recorder, clock } = options;
  const { conversations } = storage;

  const get: Get = async (id) => {
    const conversation = await conversations.get(id);
    if (!conversation) throw notFound('conversation');
    return conversation;
  };
  const { require: requireFolder, ...folderCalls } = createFolderCalls(options);

  const calls = {
    ...folderCalls,
    ...createQuestionCalls(options, get),
    ...createTitleCalls(storage, get),
    ...createViewCalls(options, get),
    list: () => conversations.list(),
    async create(beginning) {
      await requireFolder(beginning.folderId);
      const conversation = buildConversation(beginning, clock.now());
      await conversations.insert(conversation);
      return conversation;
    },
    async place(id, placement) {
      const { folderId, isPinned, isArchived } = placement;
      await requireFolder(folderId);
      await conversations.update(id, {
        ...(folderId === undefined ? {} : { folderId }),
        ...(isPinned === undefined ? {} : { isPinned }),
        ...(isArchived === undefined ? {} : { isArchived }),
      });
      return get(id);
    },
    async setScope(id, { documentIds, collectionIds }) {
      await conversations.update(id, { documentIds, collectionIds });
      return get(id);
    },
    async setOptions(id, patch) {
      const { options: before } = await get(id);
      const change = conversationOptionsPatchSchema.parse(patch);
      await conversations.update(id, { options: conversationOptionsSchema.parse({ ...before, ...change }) });
      return get(id);
    },
    async setLocalOnly(id, isLocalOnly) {
      await conversations.update(id, { isLocalOnly });
      return get(id);
    },
    async remove(id) {
      await recorder.stopGrowing(({ conversationId }) => conversationId === id);
      await conversations.remove(id);
    },
    async restore(id) {
      await conversations.restore(id);
      return get(id);
    },
  } satisfies Parameters<typeof tellChanges>[0];
  return tellChanges(calls, clock);
}
