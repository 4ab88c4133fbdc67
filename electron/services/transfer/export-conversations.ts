import { AppError } from '../../shared/app-error.ts';
import type { Conversation, MessageOutline } from '../../shared/conversation.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PrivacyService } from '../privacy/privacy-service.ts';
import type { ExportedConversation, ExportWriter } from './export-writer.ts';

/** What an export reads. */
export type ExportStorage = Pick<Storage, 'conversations' | 'folders' | 'messages'>;

/** Says of a conversation whether anything keeps it from leaving for a cloud. */
export type LabelReader = Pick<PrivacyService, 'localOnly'>;

/** Messages that are in memory at once. */
const batchLength = 20;

/** Those of the ids, in their order, or all but the private ones, oldest first. Throws `app/not-found`. */
export async function chooseConversations(
  ids: readonly ConversationId[] | null,
  { conversations }: ExportStorage,
): Promise<readonly Conversation[]> {
  const all = await conversations.list();
  if (ids === null) return all.filter(({ isPrivate }) => !isPrivate).reverse();
  const known = new Map(all.map((conversation) => [conversation.id, conversation]));
  return [...new Set(ids)].map((id) => {
    const found = known.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
    return found;
  });
}

/** The ids of the branch that ends in `tipId`, oldest first. */
function branchOf(outline: readonly MessageOutline[], tipId: MessageId | null): readonly MessageId[] {
  const parents = new Map(outline.map(({ id, parentId }) => [id, parentId]));
  const branch: MessageId[] = [];
  for (let id = tipId; id !== null && branch.length <= outline.length; id = parents.get(id) ?? null) branch.push(id);
  return branch.reverse();
}

/** An answer that is still being written leaves as one that was cut short: whoever reads the file cannot follow it. */
const settled = (message: Message): Message =>
  message.status === 'streaming' ? { ...message, status: 'interrupted', runId: null } : message;

async function* readBatches(
  ids: readonly MessageId[],
  { messages }: ExportStorage,
  signal: AbortSignal,
): AsyncGenerator<readonly Message[], void, void> {
  for (let start = 0; start < ids.length; start += batchLength) {
    if (signal.aborted) return;
    const batch = await Promise.all(ids.slice(start, start + batchLength).map((id) => messages.get(id)));
    const found = batch.filter((message) => message !== null).map(settled);
    if (found.length > 0) yield found;
  }
}

/**
 * The conversations with their messages, read while they are taken: what is in memory does not grow with their number
 * or length. Ends early when `signal` is aborted.
 */
export async function* readConversations(
  chosen: readonly Conversation[],
  branches: ExportWriter['branches'],
  { storage, privacy }: { readonly storage: ExportStorage; readonly privacy: LabelReader },
  signal: AbortSignal,
): AsyncGenerator<ExportedConversation, void, void> {
  const folders = new Map((await storage.folders.list()).map(({ id, name }) => [id, name]));
  for (const conversation of chosen) {
    if (signal.aborted) return;
    const outline = await storage.messages.outline(conversation.id);
    const ids = branches === 'all' ? outline.map(({ id }) => id) : branchOf(outline, conversation.tipId);
    const { folderId } = conversation;
    const folder = folderId === null ? null : (folders.get(folderId) ?? null);
    // Where it is read again, nothing is left of what it inherited from.
    const { isLocalOnly } = await privacy.localOnly(conversation.id);
    yield { conversation: { ...conversation, isLocalOnly }, folder, batches: readBatches(ids, storage, signal) };
  }
}
