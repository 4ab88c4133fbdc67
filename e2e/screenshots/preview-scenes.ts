import type { Page } from '@playwright/test';
import { elsewhereChat, waitingChat } from './gallery-previews.ts';
import type { Scene } from './scene.ts';

const showBytes = (page: Page): Promise<void> => page.getByRole('tab', { name: /Exact bytes|Genaue Bytes/ }).click();

async function showOriginal(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\[PERSON_1\]/ }).focus();
}

const choosePlace = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Where the next|^Wo die nächste/ }).click();

/** What would leave, and answers that came from elsewhere. */
export const previewScenes: readonly Scene[] = [
  { name: 'preview', state: 'online', path: `/chats/${waitingChat.id}` },
  { name: 'preview-original', state: 'online', path: `/chats/${waitingChat.id}`, act: showOriginal },
  { name: 'preview-bytes', state: 'online', path: `/chats/${waitingChat.id}`, act: showBytes },
  { name: 'chat-elsewhere', state: 'online', path: `/chats/${elsewhereChat.id}` },
  { name: 'chat-place', state: 'online', path: `/chats/${elsewhereChat.id}`, act: choosePlace },
];
