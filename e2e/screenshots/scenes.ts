import type { Page } from '@playwright/test';
import { conversations, summaries } from './gallery-content.ts';
import type { GalleryState } from './gallery-services.ts';

/** One picture: a state of the app, a page of the window, and what is done before the picture is taken. */
export type Scene = {
  readonly name: string;
  readonly state: GalleryState;
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
};

const chat = (conversation: { readonly id: string }): string => `/chats/${conversation.id}`;

async function dragOver(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['text'], 'report.txt'));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

async function drop(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['text '.repeat(90_000)], 'Annual report 2025.txt'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

const typeDraft = (page: Page): Promise<void> =>
  page
    .locator('[data-composer]')
    .fill('What changes for me if I end the contract in its first year?\n\nPlease name the clause.');

export const scenes: readonly Scene[] = [
  { name: 'first', state: 'first', path: '/' },
  { name: 'first-models', state: 'first', path: '/models' },
  { name: 'new-chat', state: 'empty', path: '/' },
  { name: 'new-chat-draft', state: 'full', path: '/', act: typeDraft },
  { name: 'chat-busy', state: 'full', path: chat(conversations.busy) },
  { name: 'chat-long', state: 'full', path: chat(conversations.long) },
  {
    name: 'chat-long-top',
    state: 'full',
    path: chat(conversations.long),
    act: (page) => page.getByRole('region', { name: /Messages|Nachrichten/ }).evaluate((frame) => frame.scrollTo(0, 0)),
  },
  { name: 'chat-error', state: 'full', path: chat(conversations.error) },
  { name: 'chat-documents', state: 'full', path: chat(conversations.contract) },
  {
    name: 'chat-evidence',
    state: 'full',
    path: chat(conversations.contract),
    act: (page) => page.locator('.citation').first().click(),
  },
  { name: 'chat-abstained', state: 'full', path: chat(conversations.abstained) },
  {
    name: 'link',
    state: 'full',
    path: chat(conversations.long),
    act: (page) => page.locator('.prose .link').first().click(),
  },
  { name: 'documents', state: 'full', path: '/documents' },
  { name: 'documents-empty', state: 'empty', path: '/documents' },
  { name: 'summaries', state: 'full', path: '/summaries' },
  { name: 'summaries-empty', state: 'empty', path: '/summaries' },
  { name: 'summary', state: 'full', path: `/summaries/${summaries.complete.id}` },
  { name: 'summary-busy', state: 'full', path: `/summaries/${summaries.running.id}` },
  { name: 'models', state: 'full', path: '/models' },
  { name: 'privacy', state: 'full', path: '/privacy' },
  { name: 'settings', state: 'full', path: '/settings' },
  { name: 'drop', state: 'full', path: '/', act: dragOver },
  { name: 'drop-offer', state: 'full', path: '/', act: drop },
  { name: 'shortcuts', state: 'full', path: '/documents', act: (page) => page.keyboard.press('?') },
];
