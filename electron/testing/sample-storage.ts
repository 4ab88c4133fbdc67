import type { Conversation } from '../shared/conversation.ts';
import type { Message } from '../shared/message.ts';
import type { Storage } from '../storage/storage.ts';
import { buildConversation, buildDocument, buildMessage, buildVector, testEmbedderId } from './build-records.ts';

/** A conversation and its turns as they were stored. */
export type SampleConversation = { readonly conversation: Conversation; readonly messages: readonly Message[] };

/** How many turns the conversation of that index has. */
const turnsOf = (index: number): number => 4 + (index % 5);

/** From a word to a text that several pages hold. */
const textOf = (index: number, turn: number): string =>
  `Turn ${turn} of conversation ${index}. ${'Lorem ipsum dolor sit amet. '.repeat(turn % 3 === 2 ? 400 : 5 * turn)}`;

async function addConversation(storage: Storage, index: number): Promise<SampleConversation> {
  const conversation = buildConversation({ title: `Sample ${index}` });
  await storage.conversations.insert(conversation);
  const messages: Message[] = [];
  for (let turn = 0; turn < turnsOf(index); turn += 1) {
    const message = buildMessage(conversation.id, {
      parentId: messages.at(-1)?.id ?? null,
      role: turn % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text: textOf(index, turn) }],
      createdAt: conversation.createdAt + turn,
    });
    await storage.messages.append(message);
    messages.push(message);
  }
  return { conversation, messages };
}

async function addDocument(storage: Storage, index: number, hasVectors: boolean): Promise<void> {
  const texts = Array.from({ length: 20 }, (_, line) => `Passage ${line} of document ${index} speaks of rivers.`);
  const { document, passages } = buildDocument(texts, { name: `sample-${index}.txt` });
  await storage.documents.insert(document, passages);
  if (!hasVectors) return;
  const vectors = passages.map(({ id }, line) => ({ passageId: id, vector: buildVector(index * 100 + line) }));
  await storage.passages.openIndex(testEmbedderId, 384);
  await storage.passages.insertVectors(testEmbedderId, vectors);
}

/**
 * Fills a storage with something of most kinds: conversations with short and long turns, documents with both indexes, a
 * preset's neighbourhood of settings and drafts, and the free pages that a purge leaves.
 */
export async function fillSampleStorage(
  storage: Storage,
  conversations: number,
  { hasVectors = true }: { readonly hasVectors?: boolean } = {},
): Promise<readonly SampleConversation[]> {
  const samples: SampleConversation[] = [];
  const doomed = await addConversation(storage, 2);
  for (let index = 0; index < conversations; index += 1) samples.push(await addConversation(storage, index));
  for (let index = 0; index < 2; index += 1) await addDocument(storage, index, hasVectors);
  await storage.settings.update({ language: 'de' });
  await storage.conversations.remove(doomed.conversation.id);
  await storage.maintenance.purge(Number.MAX_SAFE_INTEGER);
  return samples;
}

/** The texts of a conversation's turns as the storage has them now, oldest first; null where it is not there. */
export async function readTurns(
  storage: Storage,
  { conversation }: SampleConversation,
): Promise<readonly string[] | null> {
  const found = await storage.conversations.get(conversation.id);
  if (!found) return null;
  const messages = found.tipId === null ? [] : await storage.messages.branch(found.tipId);
  return messages.map(({ parts }) => JSON.stringify(parts));
}
