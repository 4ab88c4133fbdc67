import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  collectionIdSchema,
  conversationIdSchema,
  createId,
  documentIdSchema,
  folderIdSchema,
  messageIdSchema,
  presetIdSchema,
} from '../shared/ids.ts';
import { emptyDraft } from '../shared/draft.ts';
import type { Preset } from '../shared/preset.ts';
import { buildConversation, buildMessage } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

// One thread for all tests: what is deleted is as if it were not there.
let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
});
afterEach(async () => {
  for (const { id } of await storage.conversations.list()) await storage.conversations.remove(id);
  for (const { id } of await storage.folders.list()) await storage.folders.remove(id);
  for (const { id } of await storage.presets.list()) await storage.presets.remove(id);
});
afterAll(() => storage.close());

const buildFolder = (name: string) => ({ id: createId(folderIdSchema), name, isLocalOnly: false, createdAt: 1 });

describe('ConversationRepository', () => {
  it('keeps every field through insert and update, and what the change does not name', async () => {
    const folder = buildFolder('Work');
    await storage.folders.insert(folder);
    const conversation = buildConversation({
      documentIds: [createId(documentIdSchema)],
      isArchived: true,
      titleOrigin: 'model',
    });
    const { options } = conversation;
    await storage.conversations.insert({ ...conversation, options: { ...options, temperature: 0.5 } });
    await storage.conversations.update(conversation.id, { folderId: folder.id, isPinned: true });
    const changed = {
      ...options,
      temperature: null,
      trimming: 'summarise-oldest',
      systemPrompt: 'Be "brief"',
    } as const;
    await storage.conversations.update(conversation.id, { options: changed, titleOrigin: 'user' });
    expect(await storage.conversations.get(conversation.id)).toEqual({
      ...conversation,
      folderId: folder.id,
      isPinned: true,
      options: changed,
      titleOrigin: 'user',
    });
  });

  it('refuses a folder that is not there and keeps the old place', async () => {
    const conversation = buildConversation();
    await storage.conversations.insert(conversation);
    const nowhere = storage.conversations.update(conversation.id, { folderId: createId(folderIdSchema) });
    await expect(nowhere).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await storage.conversations.get(conversation.id)).toEqual(conversation);
  });

  // A title by the model must not replace one of the user's, nor be made up for a chat that has no answer yet.
  it('names as untitled only those with first words for a title and a complete answer, newest first', async () => {
    const insert = async (titleOrigin: 'first-words' | 'model' | 'user', updatedAt: number, isAnswered = true) => {
      const conversation = buildConversation({ titleOrigin, updatedAt, createdAt: 1 });
      await storage.conversations.insert(conversation);
      const status = isAnswered ? 'complete' : 'failed';
      await storage.messages.append(buildMessage(conversation.id, { role: 'assistant', status, createdAt: updatedAt }));
      return conversation.id;
    };
    const older = await insert('first-words', 10);
    const newer = await insert('first-words', 20);
    const removed = await insert('first-words', 30);
    await storage.conversations.remove(removed);
    await insert('first-words', 40, false);
    await insert('model', 50);
    await insert('user', 60);
    await storage.conversations.insert(buildConversation({ titleOrigin: 'first-words', updatedAt: 70 }));
    expect((await storage.conversations.untitled(10)).map(({ id }) => id)).toEqual([newer, older]);
    expect((await storage.conversations.untitled(1)).map(({ id }) => id)).toEqual([newer]);
  });
});

describe('FolderRepository', () => {
  it('lists by name as people order them, and takes its conversations out when it goes', async () => {
    const [second, first, third] = ['Ärzte', 'arbeit', 'Zoo 10'].map(buildFolder);
    for (const folder of [third!, second!, first!]) await storage.folders.insert(folder);
    expect((await storage.folders.list()).map(({ name }) => name)).toEqual(['arbeit', 'Ärzte', 'Zoo 10']);
    const inside = buildConversation({ folderId: second!.id });
    const removed = buildConversation({ folderId: second!.id });
    await storage.conversations.insert(inside);
    await storage.conversations.insert(removed);
    await storage.conversations.remove(removed.id);
    await storage.folders.rename(first!.id, 'Zuletzt');
    await storage.folders.remove(second!.id);
    expect((await storage.folders.list()).map(({ name }) => name)).toEqual(['Zoo 10', 'Zuletzt']);
    // The undo of a deletion must not fail because the folder went meanwhile.
    await storage.conversations.restore(removed.id);
    const places = (await storage.conversations.list()).map(({ folderId }) => folderId);
    expect(places).toEqual([null, null]);
    await expect(storage.folders.rename(second!.id, 'x')).rejects.toMatchObject({ code: 'app/not-found' });
  });
});

const buildPreset = (command: string, change: Partial<Preset> = {}): Preset => ({
  id: createId(presetIdSchema),
  name: command,
  command,
  systemPrompt: '',
  template: 'Translate {{input}} into {{language}}. Half a sign: \ud83d',
  variables: [{ name: 'language', defaultValue: 'German' }],
  modelId: null,
  temperature: 1.5,
  answerTokenLimit: null,
  isBuiltIn: false,
  isHidden: false,
  ...change,
});

describe('PresetRepository', () => {
  it('keeps a preset whole, replaces it by its id, and brings it back after a removal', async () => {
    const preset = buildPreset('übersetzen');
    await storage.presets.put(preset);
    expect(await storage.presets.list()).toEqual([preset]);
    const changed = { ...preset, command: 'translate', isHidden: true };
    await storage.presets.put(changed);
    await storage.presets.remove(preset.id);
    expect(await storage.presets.list()).toEqual([]);
    // A stale editor that saves late must not bring a deleted preset back under the user's hands.
    await expect(storage.presets.put(preset)).rejects.toMatchObject({ code: 'app/not-found' });
    await storage.presets.restore(preset.id);
    expect(await storage.presets.list()).toEqual([changed]);
  });

  it('refuses a command that another living preset has, also when a removed one comes back', async () => {
    const taken = { code: 'app/invalid-input', details: { reason: 'command-taken' } };
    const first = buildPreset('fix');
    const second = buildPreset('fix');
    await storage.presets.put(first);
    await expect(storage.presets.put(second)).rejects.toMatchObject(taken);
    await storage.presets.remove(first.id);
    await storage.presets.put(second);
    await expect(storage.presets.restore(first.id)).rejects.toMatchObject(taken);
    expect(await storage.presets.list()).toEqual([second]);
    await expect(storage.presets.put(buildPreset('new', { isBuiltIn: true }))).rejects.toMatchObject({
      code: 'app/invalid-input',
    });
  });

  it('remembers which built-in presets are hidden, each once', async () => {
    const [one, two] = [createId(presetIdSchema), createId(presetIdSchema)];
    for (const id of [one, two, one]) await storage.presets.setBuiltInHidden(id, true);
    await storage.presets.setBuiltInHidden(two, false);
    expect(await storage.presets.hiddenBuiltIns()).toEqual([one]);
  });
});

describe('DraftRepository', () => {
  it('keeps a draft sign by sign, one for each conversation and one for a new chat', async () => {
    const conversation = buildConversation();
    await storage.conversations.insert(conversation);
    const draft = {
      text: 'half \ud83d sign, NUL \0',
      documentIds: [createId(documentIdSchema)],
      collectionIds: [createId(collectionIdSchema)],
      queue: [
        { text: '', choice: null },
        { text: 'next', choice: 'local' as const },
      ],
      preset: { id: createId(presetIdSchema), values: { language: 'Übersee' } },
      options: { temperature: 0.2, modelId: null },
    };
    await storage.drafts.put('new-chat', { ...draft, text: 'other' });
    await storage.drafts.put(conversation.id, { ...draft, text: 'earlier' });
    await storage.drafts.put(conversation.id, draft);
    expect(await storage.drafts.get(conversation.id)).toEqual(draft);
    await storage.drafts.remove('new-chat');
    await storage.drafts.remove('new-chat');
    expect(await storage.drafts.get('new-chat')).toBeNull();
  });

  it('goes with its conversation, comes back with it, and is refused for one that is gone', async () => {
    const conversation = buildConversation();
    await storage.conversations.insert(conversation);
    const draft = { ...emptyDraft, text: 'begun' };
    await storage.drafts.put(conversation.id, draft);
    await storage.conversations.remove(conversation.id);
    expect(await storage.drafts.get(conversation.id)).toBeNull();
    const notFound = { code: 'app/not-found' };
    await expect(storage.drafts.put(conversation.id, draft)).rejects.toMatchObject(notFound);
    await expect(storage.drafts.put(createId(conversationIdSchema), draft)).rejects.toMatchObject(notFound);
    await storage.conversations.restore(conversation.id);
    expect(await storage.drafts.get(conversation.id)).toEqual(draft);
  });
});

describe('MessageRepository', () => {
  it('keeps why an answer failed', async () => {
    const conversation = buildConversation();
    await storage.conversations.insert(conversation);
    const error = { code: 'engine/crashed', message: 'gone', details: { attempts: 3 } } as const;
    const failed = buildMessage(conversation.id, { role: 'assistant', status: 'failed', error });
    const growing = buildMessage(conversation.id, { role: 'assistant', status: 'streaming' });
    await storage.messages.append(failed);
    await storage.messages.append(growing);
    expect(await storage.messages.get(failed.id)).toEqual(failed);
    await storage.messages.update(growing.id, { status: 'failed', error });
    await storage.messages.update(failed.id, { status: 'complete', error: null });
    expect(await storage.messages.get(growing.id)).toEqual({ ...growing, status: 'failed', error });
    expect(await storage.messages.get(failed.id)).toEqual({ ...failed, status: 'complete', error: null });
    const lost = storage.messages.update(createId(messageIdSchema), { error });
    await expect(lost).rejects.toMatchObject({ code: 'app/not-found' });
  });
});
