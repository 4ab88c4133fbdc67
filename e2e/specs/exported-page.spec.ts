import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import type { ExportedConversation } from '../../electron/services/transfer/export-writer.ts';
import { createHtmlWriter } from '../../electron/services/transfer/writers/html-writer.ts';
import { buildConversation, buildMessage } from '../../electron/testing/build-records.ts';
import { hostileMarkdown } from '../../electron/testing/hostile-markdown.ts';

const words = {
  untitled: 'Untitled chat',
  allChats: 'Chats <b>& more',
  you: 'You',
  assistant: 'Assistant',
  reasoning: 'Thinking',
  sources: 'Source',
  attachments: 'Attached',
  hidden: 'Left out',
  language: 'en',
};

/** A text in every place that an export shows, and cut at every place. */
async function* hostileConversations(): AsyncGenerator<ExportedConversation> {
  for (const { text } of hostileMarkdown) {
    const conversation = buildConversation({ title: text });
    const cuts = Array.from({ length: Math.min(text.length, 120) }, (_, at) => text.slice(0, at));
    const parts = [
      { type: 'reasoning', text } as const,
      ...[text, ...cuts].map((cut) => ({ type: 'text', text: cut }) as const),
    ];
    const message = buildMessage(conversation.id, { role: 'assistant', modelName: text, parts });
    yield {
      conversation,
      folder: null,
      batches: (async function* () {
        yield [message];
      })(),
    };
  }
}

const elements = 'html head meta title style body article section h1 h2 p div pre code details summary bdi'.split(' ');
const attributes = 'lang charset http-equiv content name class dir'.split(' ');

test.describe('the exported page', () => {
  // What a model or a document wrote must be dead text in a file that is opened years later, in any browser: with the
  // page's own policy, and also where something took that away.
  for (const hasPolicy of [true, false]) {
    test(`makes nothing of hostile texts active, ${hasPolicy ? 'with' : 'without'} its policy`, async ({ page }) => {
      const pieces: string[] = [];
      for await (const { text } of createHtmlWriter(words, 'all').write(hostileConversations())) pieces.push(text);
      const whole = pieces.join('');
      const html = hasPolicy ? whole : whole.replace(/<meta http-equiv[^>]*>/, '');
      const folder = mkdtempSync(join(tmpdir(), 'sotto-page-'));
      try {
        const path = join(folder, 'all.html');
        writeFileSync(path, html);
        const address = pathToFileURL(path).href;
        const attempts: string[] = [];
        page.on('request', (request) => {
          if (request.url() !== address) attempts.push(request.url());
        });
        page.on('dialog', (dialog) => {
          attempts.push(`dialog ${dialog.message()}`);
          void dialog.dismiss();
        });
        page.on('popup', (popup) => attempts.push(`window ${popup.url()}`));
        page.on('console', (message) => attempts.push(`console ${message.text()}`));
        await page.goto(address);
        const found = await page.evaluate(() => ({
          elements: [...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))],
          attributes: [...new Set([...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()))],
          articles: document.querySelectorAll('article').length,
          title: document.title,
          styled: getComputedStyle(document.querySelector('.text') ?? document.body).whiteSpace,
        }));
        expect(found.elements.filter((name) => !elements.includes(name))).toEqual([]);
        expect(found.attributes.filter((name) => !attributes.includes(name))).toEqual([]);
        expect(found.articles).toBe(hostileMarkdown.length);
        expect(found.title).toBe('Chats <b>& more');
        // The policy lets the page's own style through.
        expect(found.styled).toBe('pre-wrap');
        expect(attempts).toEqual([]);
        expect(page.url()).toBe(address);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
