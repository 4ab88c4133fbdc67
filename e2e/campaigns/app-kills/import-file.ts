import { sottoExportFormat, sottoExportVersion } from '../../../electron/shared/sotto-export.ts';
import { createId, messageIdSchema, type MessageId } from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { buildConversation, buildMessage } from '../../../electron/testing/build-records.ts';

/** Conversations to be imported: the file, and for each conversation the texts that are all there afterwards, or none. */
export type ImportFile = { readonly text: string; readonly conversations: readonly (readonly string[])[] };

const conversationsInFile = 3;
const turnsInConversation = 8;

/** A file as Sotto exports it, of conversations that no other file has. */
export function buildImportFile(mark: string): ImportFile {
  const conversations = Array.from({ length: conversationsInFile }, (_, at) => buildOne(`${mark}-${at}`));
  const file = {
    format: sottoExportFormat,
    version: sottoExportVersion,
    conversations: conversations.map(({ record }) => record),
  };
  return { text: JSON.stringify(file), conversations: conversations.map(({ texts }) => texts) };
}

function buildOne(mark: string) {
  const empty = buildConversation({ title: mark });
  const messages: Message[] = [];
  let parentId: MessageId | null = null;
  for (let turn = 0; turn < turnsInConversation; turn += 1) {
    const role = turn % 2 === 0 ? 'user' : 'assistant';
    const text = `${mark} turn ${turn} of ${turnsInConversation}`;
    const id = createId(messageIdSchema);
    messages.push(buildMessage(empty.id, { id, parentId, role, parts: [{ type: 'text', text }] }));
    parentId = id;
  }
  const conversation = { ...empty, tipId: parentId };
  return {
    record: { conversation, folder: null, messages },
    texts: messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))),
  };
}
