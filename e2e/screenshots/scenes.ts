import type { Page } from '@playwright/test';
import { conversations, summaries } from './gallery-content.ts';
import { collections } from './gallery-library.ts';
import { forkedChat, thousandChat } from './gallery-chats.ts';
import type { Scene } from './scene.ts';
import { cloudScenes } from './cloud-scenes.ts';
import { previewScenes } from './preview-scenes.ts';
import { modelScenes } from './model-scenes.ts';
import { quickAskScenes } from './quick-ask-scenes.ts';

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

async function dropIntoCollection(page: Page): Promise<void> {
  await drop(page);
  await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').click();
}

/** The gallery reads nothing, so that every file fails. */
async function dropUnreadable(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    for (const name of ['Minutes of the board, 2019 to 2024, with annexes.docx', 'scan-0042.pdf']) {
      dataTransfer.items.add(new File(['text'], name));
    }
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
}

const typeDraft = (page: Page): Promise<void> =>
  page
    .locator('[data-composer]')
    .fill('What changes for me if I end the contract in its first year?\n\nPlease name the clause.');

async function chooseCollection(page: Page): Promise<void> {
  const attach = page.locator('form:has([data-composer]) button[aria-haspopup=menu]').first();
  for (const choice of [1, 1]) {
    await attach.click();
    await page.getByRole('menuitem').nth(choice).click();
  }
  await attach.click();
}

async function unlockWrongly(page: Page): Promise<void> {
  await page.locator('input[type=password]').fill('not the one');
  await page.keyboard.press('Enter');
}

async function searchPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('no');
}

const searchPage = (page: Page): Promise<void> => page.locator('main input[type=search]').fill('notice');

async function openChatMenu(page: Page): Promise<void> {
  const side = page.getByRole('button', { name: /^(?:Show the side bar|Seitenleiste zeigen)$/ });
  // Where the window is narrow, the chats lie behind a button.
  if (await side.isVisible()) await side.click();
  const row = page.getByRole('link', { name: 'Letter to the landlord' });
  await row.hover();
  await row.locator('..').getByRole('button').click();
}

async function choosePassphrase(page: Page): Promise<void> {
  await page.getByRole('radio').nth(1).click();
  await page.locator('input[type=password]').first().fill('correct horse battery');
  await page.locator('input[type=password]').nth(1).fill('correct horse');
  await page.keyboard.press('Enter');
}

/** Keys that every program needs, so that the picture shows what is said of them. */
async function recordKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Change keys|Tasten ändern/ }).click();
  await page.keyboard.press('Control+C');
}

async function newPreset(page: Page): Promise<void> {
  await page.getByRole('button', { name: /New preset|Neue Vorlage/ }).click();
  await page.locator('form textarea').nth(1).fill('Translate into {{language}}: {{input}}');
}

async function importChats(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['PK'], 'chatgpt-export.zip'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.getByRole('dialog').getByRole('button').last().click();
}

async function openBranches(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Branches|Zweige)$/ }).click();
  await page.getByRole('treeitem').nth(1).focus();
}

async function compareBranches(page: Page): Promise<void> {
  await openBranches(page);
  await page.getByRole('button', { name: /Compare|vergleichen/ }).click();
}

async function findInChat(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.locator('[data-find]').fill('flour');
}

async function editQuestion(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /other words|Anders fragen/ })
    .last()
    .click();
}

async function openSlash(page: Page): Promise<void> {
  await page.locator('[data-composer]').pressSequentially('/');
}

async function waitBehindAnswer(page: Page): Promise<void> {
  for (const text of ['Then translate it into English.', 'And make it shorter.']) {
    await page.locator('[data-composer]').fill(text);
    await page.keyboard.press('Enter');
  }
}

const openPicker = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /Add folder|Ordner hinzufügen/ }).click();

async function searchPassages(page: Page): Promise<void> {
  await page.locator('main input[type=search]').first().fill('notice in writing');
  await page.waitForTimeout(500);
}

async function openPage(page: Page): Promise<void> {
  await searchPassages(page);
  await page.locator('main ol button').last().click();
}

async function openPageText(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
}

export const scenes: readonly Scene[] = [
  { name: 'first', state: 'first', path: '/' },
  { name: 'first-models', state: 'first', path: '/models' },
  { name: 'first-with-model', state: 'first-model', path: '/', hasKeychain: false },
  { name: 'opening', state: 'empty', path: '/', access: 'opening' },
  { name: 'locked', state: 'empty', path: '/', access: 'passphrase' },
  { name: 'locked-wrong', state: 'empty', path: '/', access: 'passphrase', act: unlockWrongly },
  { name: 'locked-keychain', state: 'empty', path: '/', access: 'keychain' },
  { name: 'damaged', state: 'empty', path: '/', access: 'damaged' },
  { name: 'failed', state: 'empty', path: '/', access: 'failed' },
  { name: 'noticed', state: 'full', path: '/documents', access: 'noticed' },
  { name: 'palette', state: 'full', path: '/documents', act: (page) => page.keyboard.press('Control+k') },
  { name: 'palette-found', state: 'full', path: '/documents', act: searchPalette },
  { name: 'search', state: 'full', path: '/search', act: searchPage },
  { name: 'chat-private', state: 'full', path: chat(conversations.secret) },
  { name: 'chat-menu', state: 'full', path: '/documents', act: openChatMenu },
  { name: 'chat-thousand', state: 'full', path: chat(thousandChat) },
  { name: 'chat-find', state: 'full', path: chat(thousandChat), act: findInChat },
  { name: 'chat-branches', state: 'full', path: chat(forkedChat), act: openBranches },
  { name: 'chat-compare', state: 'full', path: chat(forkedChat), act: compareBranches },
  { name: 'chat-edit', state: 'full', path: chat(forkedChat), act: editQuestion },
  {
    name: 'chat-options',
    state: 'full',
    path: chat(forkedChat),
    act: (page) => page.getByRole('button', { name: /Settings of this chat|Einstellungen dieses Chats/ }).click(),
  },
  {
    name: 'chat-meter',
    state: 'full',
    path: chat(forkedChat),
    act: (page) => page.getByRole('button', { name: /Context window|Kontextfenster/ }).click(),
  },
  { name: 'chat-slash', state: 'full', path: chat(forkedChat), act: openSlash },
  { name: 'chat-queue', state: 'full', path: chat(conversations.busy), act: waitBehindAnswer },
  { name: 'new-chat', state: 'empty', path: '/' },
  { name: 'new-chat-draft', state: 'full', path: '/', act: typeDraft },
  { name: 'new-chat-scope', state: 'full', path: '/', act: chooseCollection },
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
  { name: 'collection', state: 'full', path: `/documents?collection=${collections.busy.id}` },
  { name: 'collection-paused', state: 'full', path: `/documents?collection=${collections.paused.id}` },
  { name: 'collection-empty', state: 'full', path: `/documents?collection=${collections.empty.id}` },
  {
    name: 'collection-new',
    state: 'full',
    path: '/documents',
    act: (page) => page.getByRole('button', { name: /New collection|Neue Sammlung/ }).click(),
  },
  { name: 'collection-folder', state: 'full', path: `/documents?collection=${collections.busy.id}`, act: openPicker },
  {
    name: 'collection-search',
    state: 'full',
    path: `/documents?collection=${collections.busy.id}`,
    act: searchPassages,
  },
  { name: 'viewer', state: 'full', path: `/documents?collection=${collections.busy.id}`, act: openPage },
  { name: 'viewer-text', state: 'full', path: `/documents?collection=${collections.busy.id}`, act: openPageText },
  { name: 'documents-empty', state: 'empty', path: '/documents' },
  { name: 'summaries', state: 'full', path: '/summaries' },
  { name: 'summaries-empty', state: 'empty', path: '/summaries' },
  { name: 'summary', state: 'full', path: `/summaries/${summaries.complete.id}` },
  { name: 'summary-plain', state: 'full', path: `/summaries/${summaries.plain.id}` },
  { name: 'summary-prose', state: 'full', path: `/summaries/${summaries.prose.id}` },
  { name: 'summary-question', state: 'full', path: `/summaries/${summaries.question.id}` },
  { name: 'summary-noticed', state: 'full', path: `/summaries/${summaries.noticed.id}` },
  { name: 'summary-paused', state: 'full', path: `/summaries/${summaries.paused.id}` },
  { name: 'summary-queued', state: 'full', path: `/summaries/${summaries.queuedNext.id}` },
  { name: 'summary-failed', state: 'full', path: `/summaries/${summaries.failed.id}` },
  {
    name: 'summary-place',
    state: 'full',
    path: `/summaries/${summaries.complete.id}`,
    act: (page) => page.getByRole('button', { name: /\b5\b.*\b32\b/ }).click(),
  },
  {
    name: 'summary-ask',
    state: 'full',
    path: `/summaries/${summaries.complete.id}`,
    act: (page) => page.getByRole('button', { name: /^(Question|Frage)$/ }).click(),
  },
  { name: 'summary-busy', state: 'full', path: `/summaries/${summaries.running.id}` },
  { name: 'models', state: 'full', path: '/models' },
  ...modelScenes,
  ...quickAskScenes,
  { name: 'privacy', state: 'full', path: '/privacy' },
  ...cloudScenes,
  ...previewScenes,
  { name: 'settings', state: 'full', path: '/settings', door: 'window' },
  { name: 'settings-browser', state: 'full', path: '/settings' },
  { name: 'settings-privacy', state: 'full', path: '/settings?section=privacy' },
  {
    name: 'settings-passphrase',
    state: 'full',
    path: '/settings?section=privacy',
    access: 'notChosen',
    act: choosePassphrase,
  },
  { name: 'settings-shortcuts', state: 'full', path: '/settings?section=shortcuts' },
  { name: 'settings-keys', state: 'full', path: '/settings?section=shortcuts', act: recordKeys },
  { name: 'settings-presets', state: 'full', path: '/settings?section=models', act: newPreset },
  { name: 'settings-advanced', state: 'full', path: '/settings?section=advanced' },
  { name: 'settings-found', state: 'full', path: '/settings', act: (page) => page.getByRole('searchbox').fill('lock') },
  { name: 'import-report', state: 'full', path: '/documents', act: importChats },
  { name: 'drop', state: 'full', path: '/', act: dragOver },
  { name: 'drop-offer', state: 'full', path: '/', act: drop },
  { name: 'drop-collection', state: 'full', path: '/', act: dropIntoCollection },
  { name: 'drop-failed', state: 'full', path: '/', act: dropUnreadable },
  { name: 'settings-documents', state: 'full', path: '/settings?section=documents' },
  { name: 'shortcuts', state: 'full', path: '/documents', act: (page) => page.keyboard.press('?') },
];
