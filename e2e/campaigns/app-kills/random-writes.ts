import type { HostClient } from '../../app/host-client.ts';
import type { ConversationId, FolderId, MessageId, PresetId } from '../../../electron/shared/ids.ts';
import { conversationIdSchema, folderIdSchema, messageIdSchema, presetIdSchema } from '../../../electron/shared/ids.ts';
import { buildImportFile } from './import-file.ts';
import type { KeptChats } from './kept-chats.ts';
import { chooseFrom, randomText, type Random } from './random-texts.ts';
import { draftValue, placeOf } from './read-everything.ts';

/** One of several writers at once; each has conversations of its own, so that its changes have an order. */
export type Writer = {
  readonly host: HostClient;
  readonly chats: KeptChats;
  readonly random: Random;
  /** A mark that no text had before. */
  readonly nextMark: () => string;
  readonly isMine: (id: string) => boolean;
  /** Writers beyond the first leave alone what there is only one of. */
  readonly isFirst: boolean;
};

/** So many conversations are written to; what is older is only read. */
const liveConversations = 8;

const idIn = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Names of a kind, the writer's own, by their ids' time. */
function mine(kind: string, { chats, isMine }: Writer): readonly string[] {
  return chats.expectations.names(kind).map(idIn).filter(isMine).toSorted();
}

/** A conversation that was there when the round began; null for none yet. */
function someConversation(writer: Writer): ConversationId | null {
  const id = chooseFrom(writer.random, mine('there:', writer).slice(-liveConversations));
  return id === undefined ? null : conversationIdSchema.parse(id);
}

async function send(writer: Writer): Promise<void> {
  const { host, chats, random, nextMark } = writer;
  const conversationId = random() < 0.1 ? null : someConversation(writer);
  const text = randomText(random, nextMark());
  const request = conversationId === null ? { text } : { conversationId, text };
  const started = await chats.add(
    { text, place: conversationId },
    () => host.client.chat.send(request),
    ({ questionId }) => `message:${questionId}`,
  );
  chats.place(started.questionId, started.conversationId);
}

async function edit(writer: Writer): Promise<void> {
  const { host, chats, random, nextMark } = writer;
  const conversationId = someConversation(writer);
  const question = conversationId === null ? undefined : chooseFrom(random, chats.questionsOf(conversationId));
  if (question === undefined) return await send(writer);
  const questionId: MessageId = messageIdSchema.parse(question);
  const text = randomText(random, nextMark());
  const started = await chats.add(
    { text, place: conversationId },
    () => host.client.chat.edit({ questionId, text }),
    (answer) => `message:${answer.questionId}`,
  );
  chats.place(started.questionId, started.conversationId);
}

async function rename(writer: Writer): Promise<void> {
  const { host, chats, nextMark } = writer;
  const id = someConversation(writer);
  if (id === null) return await send(writer);
  const title = `Title ${nextMark()}`;
  await chats.change(`title:${id}`, title, () => host.client.conversations.rename({ id, title }));
}

async function place(writer: Writer): Promise<void> {
  const { host, chats, random } = writer;
  const id = someConversation(writer);
  if (id === null) return await send(writer);
  const folder = random() < 0.5 ? undefined : chooseFrom(random, mine('folder:', writer).slice(-3));
  const folderId: FolderId | null = folder === undefined ? null : folderIdSchema.parse(folder);
  const placement = { isPinned: random() < 0.5, isArchived: random() < 0.3, folderId };
  await chats.change(`place:${id}`, placeOf(placement), () => host.client.conversations.place({ id, placement }));
}

async function writeDraft(writer: Writer): Promise<void> {
  const { host, chats, random, nextMark, isFirst } = writer;
  const key = isFirst && random() < 0.3 ? 'new-chat' : someConversation(writer);
  if (key === null) return await send(writer);
  const isEmpty = random() < 0.2;
  const text = isEmpty ? '' : randomText(random, nextMark());
  const queue = isEmpty ? [] : Array.from({ length: Math.floor(random() * 3) }, () => nextMark());
  const put = () => host.client.drafts.put({ key, draft: { text, documentIds: [], queue } });
  await chats.change(`draft:${key}`, isEmpty ? null : draftValue(text, queue), put);
}

async function removeAndRestore(writer: Writer): Promise<void> {
  const { host, chats } = writer;
  const id = someConversation(writer);
  if (id === null) return await send(writer);
  await chats.change(`there:${id}`, null, () => host.client.conversations.remove({ id }));
  await chats.change(`there:${id}`, 'yes', () => host.client.conversations.restore({ id }));
}

async function nameFolder(writer: Writer): Promise<void> {
  const { host, chats, random, nextMark } = writer;
  const name = `Folder ${nextMark()}`;
  const known = random() < 0.5 ? undefined : mine('folder:', writer).at(-1);
  if (known === undefined) {
    const create = () => host.client.conversations.createFolder({ name });
    await chats.add({ text: name }, create, ({ id }) => `folder:${id}`);
    return;
  }
  const id = folderIdSchema.parse(known);
  await chats.change(`folder:${id}`, name, () => host.client.conversations.renameFolder({ id, name }));
}

async function writePreset(writer: Writer): Promise<void> {
  const { host, chats, random, nextMark, isFirst } = writer;
  if (!isFirst) return await send(writer);
  const mark = nextMark();
  const text = {
    name: mark,
    command: mark.toLowerCase(),
    systemPrompt: '',
    template: randomText(random, mark),
    variables: [],
    modelId: null,
    temperature: null,
    answerTokenLimit: null,
  };
  const [known] = chats.expectations
    .names('preset:')
    .filter((name) => /^M\d+ /.test(chats.expectations.known(name) ?? ''));
  if (known === undefined) {
    await chats.add(
      { text: text.template },
      () => host.client.presets.create(text),
      ({ id }) => `preset:${id}`,
    );
    return;
  }
  const id: PresetId = presetIdSchema.parse(idIn(known));
  await chats.change(`preset:${id}`, text.template, () => host.client.presets.update({ id, text }));
}

async function changeSetting(writer: Writer): Promise<void> {
  const { host, chats, nextMark, isFirst } = writer;
  if (!isFirst) return await send(writer);
  const systemPrompt = `Answer in one word. ${nextMark()}`;
  await chats.change('setting:systemPrompt', systemPrompt, () => host.client.settings.update({ systemPrompt }));
}

/** Brings a file of conversations in, which takes longer than the rest. */
export async function importFile({ host, chats, nextMark }: Writer): Promise<void> {
  const file = buildImportFile(nextMark());
  await chats.addTogether(file.conversations, async () => {
    const { ticket } = await host.upload('conversations.json', file.text);
    await host.client.transfer.import({ ticket });
  });
}

/** One of the changes that a person makes, by how often they do. Throws what the app answers. */
export async function writeSomething(writer: Writer): Promise<void> {
  const share = writer.random();
  if (share < 0.4) return await send(writer);
  if (share < 0.52) return await edit(writer);
  if (share < 0.62) return await rename(writer);
  if (share < 0.7) return await place(writer);
  if (share < 0.82) return await writeDraft(writer);
  if (share < 0.87) return await removeAndRestore(writer);
  if (share < 0.91) return await nameFolder(writer);
  if (share < 0.94) return await writePreset(writer);
  return await changeSetting(writer);
}
