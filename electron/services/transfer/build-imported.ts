import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportedConversation, ImportedMessage } from '../../parsing/protocol/export-protocol.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, messageIdSchema } from '../../shared/ids.ts';
import type { CollectionId, ConversationId, DocumentId, FolderId, MessageId, PresetId } from '../../shared/ids.ts';
import type { Message, MessagePart } from '../../shared/message.ts';
import type { ImportSource } from '../../shared/transfer.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import { deriveConversationId, deriveMessageId } from './derive-id.ts';

/** What an import read of one conversation. */
export type ImportedTree = {
  readonly conversation: ImportedConversation;
  /** Parents first. */
  readonly messages: readonly ImportedMessage[];
};

/** What the app has for an imported conversation to refer to. */
export type Surroundings = {
  readonly folderId: FolderId | null;
  readonly documentIds: ReadonlySet<DocumentId>;
  readonly collectionIds: ReadonlySet<CollectionId>;
  readonly presetIds: ReadonlySet<PresetId>;
  /** For what the export gives no time to; milliseconds since 1970. */
  readonly now: number;
};

/** UTF-16 code units that a title keeps at most, as when a person renames. */
const titleLimit = 200;

/** Messages that are built before other work of the process gets its turn. */
const messagesPerTurn = 250;

/** One line without spaces around it; a surrogate pair that the limit would split goes as a whole. */
function tidyTitle(text: string): string {
  const line = wellFormedText(text).replace(/\s+/g, ' ').trim();
  return line
    .slice(0, titleLimit)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

function cleanPart(part: MessagePart): MessagePart {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return { ...part, text: wellFormedText(part.text) };
    case 'attachment':
      return { ...part, name: wellFormedText(part.name) };
    case 'grounds':
      return { ...part, searchedAs: part.searchedAs === null ? null : wellFormedText(part.searchedAs) };
    case 'screening':
      // What is shown of it is for the person at this computer to choose, not for a file.
      return { type: 'screening', findings: part.findings };
    case 'citation':
    case 'notice':
    case 'sent':
      return part;
  }
}

/**
 * The id that the conversation has here. Sotto's own come back under the one that they had; others, and those whose id
 * belongs to a deleted conversation (`attempt` above 0), under one that follows from where they came from.
 */
export function importedId(source: ImportSource, conversation: ImportedConversation, attempt: number): ConversationId {
  const { sourceId, createdAt } = conversation;
  const own = source === 'sotto' && attempt === 0 ? conversationIdSchema.safeParse(sourceId) : null;
  return own?.success === true ? own.data : deriveConversationId(source, sourceId, createdAt ?? 0, attempt);
}

/** The conversation and its messages under `id`; `keepsKeys` where the messages come back under their own ids too. */
export async function buildImported(
  { conversation: imported, messages }: ImportedTree,
  id: ConversationId,
  keepsKeys: boolean,
  { folderId, documentIds, collectionIds, presetIds, now }: Surroundings,
): Promise<{ readonly conversation: Conversation; readonly messages: readonly Message[] }> {
  const createdAt = imported.createdAt ?? messages.find((message) => message.createdAt !== null)?.createdAt ?? now;
  const ids = new Map<string, MessageId>();
  const built: Message[] = [];
  for (const message of messages) {
    const { key, parentKey, createdAt: at, ...rest } = message;
    const own = keepsKeys ? messageIdSchema.parse(key) : deriveMessageId(id, key, at ?? createdAt);
    ids.set(key, own);
    built.push({
      ...rest,
      id: own,
      conversationId: id,
      parentId: parentKey === null ? null : (ids.get(parentKey) ?? null),
      parts: message.parts.map(cleanPart),
      modelName: message.modelName === null ? null : wellFormedText(message.modelName),
      runId: null,
      createdAt: at ?? createdAt,
    });
    // A conversation of thousands of messages must not hold up the window.
    if (built.length % messagesPerTurn === 0) await nextTurn();
  }
  const { sourceId: _, tipKey, folder: __, options, ...rest } = imported;
  const { presetId, systemPrompt } = options;
  const title = tidyTitle(imported.title);
  const conversation: Conversation = {
    ...rest,
    id,
    title,
    titleOrigin: title === '' ? 'none' : 'user',
    tipId: ids.get(tipKey) ?? built.at(-1)?.id ?? null,
    folderId,
    documentIds: imported.documentIds.filter((documentId) => documentIds.has(documentId)),
    collectionIds: imported.collectionIds.filter((collectionId) => collectionIds.has(collectionId)),
    options: {
      ...options,
      // What goes where without being shown is said by the person here, and by no file.
      sendsWithoutPreview: null,
      sendsWithoutPreviewTo: null,
      systemPrompt: systemPrompt === null ? null : wellFormedText(systemPrompt),
      presetId: presetId !== null && presetIds.has(presetId) ? presetId : null,
    },
    createdAt,
    updatedAt: imported.updatedAt ?? built.reduce((latest, message) => Math.max(latest, message.createdAt), createdAt),
  };
  return { conversation, messages: built };
}
