import type { Conversation } from '../shared/conversation.ts';
import type { DraftKey } from '../shared/draft.ts';
import type { ConversationId, FolderId, MessageId } from '../shared/ids.ts';
import type { Message } from '../shared/message.ts';
import type { Storage } from './storage.ts';

/** What is private: a database in memory, opened for the first conversation of its kind, and the ids of all that is in it. */
export class PrivateSide {
  private readonly openMemory: () => Promise<Storage>;
  private readonly conversationIds = new Set<string>();
  private readonly messageIds = new Set<MessageId>();
  private memory: Promise<Storage> | null = null;

  constructor(openMemory: () => Promise<Storage>) {
    this.openMemory = openMemory;
  }

  /** Also for a conversation that was deleted: its undo must find it here. */
  hasConversation(id: ConversationId | DraftKey): boolean {
    return this.conversationIds.has(id);
  }

  hasMessage(id: MessageId): boolean {
    return this.messageIds.has(id);
  }

  /** The database, opened when this is the first call. */
  open(): Promise<Storage> {
    this.memory ??= this.openMemory().catch((error: unknown) => {
      // The next attempt may have the memory that this one lacked.
      this.memory = null;
      throw error;
    });
    return this.memory;
  }

  /** What `read` finds, or `nothing` where no conversation was private yet. */
  async readIfOpen<Value>(read: (memory: Storage) => Promise<Value>, nothing: Value): Promise<Value> {
    return this.memory === null ? nothing : read(await this.memory);
  }

  /** From now on, and already while `store` works, these are looked for here; not any more when it throws. */
  async keep(
    { conversation, messages }: { readonly conversation?: Conversation; readonly messages: readonly Message[] },
    store: (memory: Storage) => Promise<void>,
  ): Promise<void> {
    const newConversationIds = conversation && !this.hasConversation(conversation.id) ? [conversation.id] : [];
    const newMessageIds = messages.map(({ id }) => id).filter((id) => !this.hasMessage(id));
    for (const id of newConversationIds) this.conversationIds.add(id);
    for (const id of newMessageIds) this.messageIds.add(id);
    try {
      await store(await this.open());
    } catch (error) {
      for (const id of newConversationIds) this.conversationIds.delete(id);
      for (const id of newMessageIds) this.messageIds.delete(id);
      throw error;
    }
  }

  /** From now on these are looked for elsewhere; what is stored of them here stays until it is purged. */
  release(conversationId: ConversationId, messages: readonly Message[]): void {
    this.conversationIds.delete(conversationId);
    for (const { id } of messages) this.messageIds.delete(id);
  }

  /** Makes sure that a conversation here can be put into a folder, which is kept on the disk. */
  async copyFolder(folderId: FolderId | null | undefined, storage: Storage): Promise<void> {
    if (folderId === null || folderId === undefined) return;
    const memory = await this.open();
    if ((await memory.folders.list()).some(({ id }) => id === folderId)) return;
    const folder = (await storage.folders.list()).find(({ id }) => id === folderId);
    if (folder) await memory.folders.insert(folder);
  }

  async close(): Promise<void> {
    const [opened] = await Promise.allSettled([this.memory]);
    if (opened.status === 'fulfilled') await opened.value?.close();
  }
}
