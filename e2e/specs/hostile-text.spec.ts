import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Services } from '../../electron/api/context.ts';
import type { MessageHit } from '../../electron/shared/message-search.ts';
import { buildConversation } from '../../electron/testing/build-records.ts';
import { hostileMarkdown } from '../../electron/testing/hostile-markdown.ts';
import { createGalleryAccess } from '../screenshots/gallery-access.ts';
import { serveGallery } from '../screenshots/gallery-server.ts';
import { createGalleryServices } from '../screenshots/gallery-services.ts';

const renderer = join(import.meta.dirname, '../../out/renderer');
/** So many texts are on one page, whose window is high enough to draw them all. */
const textsOfPage = 100;

/** The window over chats that are named by `texts`, and a search that finds each of them in a message. */
function servicesWith(texts: readonly string[]): Services {
  const gallery = createGalleryServices('full', { language: 'en' });
  const chats = texts.map((title, index) => buildConversation({ title, updatedAt: 1_760_000_000_000 + index }));
  const hits = chats.map(({ id, title }): MessageHit => {
    const matches = title.length > 3 ? [{ start: 1, end: Math.ceil(title.length / 2) }] : [];
    return {
      conversationId: id,
      conversationTitle: title,
      isArchived: false,
      messageId: null,
      role: null,
      createdAt: 1_760_000_000_000,
      snippet: title,
      matches,
    };
  });
  return {
    ...gallery,
    conversations: {
      ...gallery.conversations,
      list: () => Promise.resolve(chats),
      folders: () => Promise.resolve([]),
      open: async (id) => ({ conversation: chats.find((chat) => chat.id === id) ?? chats[0]!, messages: [] }),
    },
    search: { ...gallery.search, find: () => Promise.resolve({ hits, hasMore: false }) },
  };
}

/** Names of elements and of their attributes, as `tag` and `tag attribute`. */
const shapeOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [
    ...new Set(
      [...document.querySelectorAll('*')].flatMap((one) => [
        one.localName,
        ...one.getAttributeNames().map((name) => `${one.localName} ${name}`),
      ]),
    ),
  ]);

type Seen = { readonly shape: readonly string[]; readonly attempts: readonly string[]; readonly shown: number };

/** What the list of chats, the search for messages and the title of an open chat make of `texts`. */
async function show(page: Page, texts: readonly string[]): Promise<Seen> {
  const services = servicesWith(texts);
  const { url, close } = await serveGallery(renderer, services, createGalleryAccess('kept', { state: 'available' }));
  const attempts: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) attempts.push(request.url());
  });
  page.on('dialog', (dialog) => {
    attempts.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => attempts.push(`window ${popup.url()}`));
  const shape = new Set<string>();
  try {
    await page.goto(`${url}#/search`);
    await page.getByRole('searchbox').first().fill('text');
    const marks = page.locator('main mark');
    await expect(marks.first()).toBeAttached();
    for (const name of await shapeOf(page)) shape.add(name);
    const shown = await marks.count();
    const [first] = await services.conversations.list();
    await page.evaluate((path) => {
      location.hash = path;
    }, `/chats/${first?.id}`);
    await expect(page.locator('[data-composer]')).toBeAttached();
    // The rows that hold a chat's place while it loads are there on a slow machine only.
    await expect(page.locator('main div[aria-hidden]')).toHaveCount(0);
    for (const name of await shapeOf(page)) shape.add(name);
    return { shape: [...shape], attempts, shown };
  } finally {
    close();
  }
}

test.describe('titles and search hits', () => {
  test.use({ viewport: { width: 1280, height: 8_000 } });

  // Catches a title or a hit that is drawn as Markdown or HTML: what a document or another program's export says there
  // would otherwise run, load or lead somewhere.
  test('stay text, whatever is in them', async ({ browser }) => {
    test.setTimeout(120_000);
    const seen = async (texts: readonly string[]): Promise<Seen> => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 8_000 } });
      try {
        return await show(page, texts);
      } finally {
        await page.close();
      }
    };
    const plain = await seen(Array.from({ length: textsOfPage }, (_, index) => `An innocent text ${index}`));
    for (let from = 0; from < hostileMarkdown.length; from += textsOfPage) {
      const texts = hostileMarkdown.slice(from, from + textsOfPage).map(({ text }) => text);
      const { shape, attempts, shown } = await seen(texts);
      expect(shown).toBe(texts.filter((text) => text.length > 3).length);
      expect(shape.filter((name) => !plain.shape.includes(name))).toEqual([]);
      expect(attempts).toEqual([]);
    }
  });
});
