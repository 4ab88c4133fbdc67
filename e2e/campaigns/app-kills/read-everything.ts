import type { AppClient } from '../../../electron/app/app-client.ts';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import { messageText, type Message } from '../../../electron/shared/message.ts';

/** What the app shows of its chats: values by the names of `Expectations`, and every message that was read. */
export type Reading = { readonly values: ReadonlyMap<string, string>; readonly messages: readonly Message[] };

/** Reads what the app holds; of conversations only those that `isWanted`, for there may be thousands of messages. */
export async function readEverything(client: AppClient, isWanted: (id: string) => boolean): Promise<Reading> {
  const values = new Map<string, string>();
  const messages: Message[] = [];
  const settings = await client.settings.get();
  if (settings.systemPrompt !== '') values.set('setting:systemPrompt', settings.systemPrompt);
  for (const { id, name } of await client.conversations.folders()) values.set(`folder:${id}`, name);
  for (const { id, template } of await client.presets.list()) values.set(`preset:${id}`, template);
  await addDraft(client, 'new-chat', values);
  for (const conversation of await client.conversations.list()) {
    const { id } = conversation;
    values.set(`there:${id}`, 'yes');
    if (!isWanted(id)) continue;
    // One that the app made of the first words may still change.
    if (conversation.titleOrigin === 'user') values.set(`title:${id}`, conversation.title);
    values.set(`place:${id}`, placeOf(conversation));
    await addDraft(client, id, values);
    for (const message of await readMessages(client, conversation)) {
      messages.push(message);
      values.set(`message:${message.id}`, messageText(message));
    }
  }
  return { values, messages };
}

/** How a conversation stands in the list, as one value: its parts are changed together. */
export function placeOf({
  isPinned,
  isArchived,
  folderId,
}: Pick<Conversation, 'isPinned' | 'isArchived' | 'folderId'>) {
  return JSON.stringify([isPinned, isArchived, folderId]);
}

async function addDraft(
  client: AppClient,
  key: Conversation['id'] | 'new-chat',
  values: Map<string, string>,
): Promise<void> {
  const { text, queue } = await client.drafts.get({ key });
  if (text === '' && queue.length === 0) return;
  values.set(
    `draft:${key}`,
    draftValue(
      text,
      queue.map((waiting) => waiting.text),
    ),
  );
}

/** A draft as one value. */
export function draftValue(text: string, queue: readonly string[]): string {
  return JSON.stringify([text, queue]);
}

/** The messages of every branch, each once. */
async function readMessages(client: AppClient, { id }: Conversation): Promise<readonly Message[]> {
  const outline = await client.conversations.outline({ id });
  const parents = new Set(outline.map(({ parentId }) => parentId));
  const found = new Map<string, Message>();
  for (const { id: tipId } of outline.filter((message) => !parents.has(message.id))) {
    if (found.has(tipId)) continue;
    for (const message of await client.conversations.branch({ tipId })) found.set(message.id, message);
  }
  return [...found.values()];
}
