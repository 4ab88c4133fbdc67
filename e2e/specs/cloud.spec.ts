import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { FakeProviderServer } from '../../electron/testing/fake-provider-server.ts';
import { test } from '../app/cloud-test.ts';
import {
  addRemote,
  choosePlace,
  preview,
  remoteCard,
  sentLine,
  shownRequest,
  turnOn,
  typeRemote,
} from '../app/cloud-window.ts';
import { dropFiles } from '../app/drop-files.ts';
import {
  answers,
  chooseInMenu,
  conversationLink,
  endFirstStart,
  finishedAnswer,
  goTo,
  newChat,
  send,
  statusLine,
  stopButton,
  wordsOf,
} from '../app/window.ts';

const question = 'Is Marta Lindqvist (marta.lindqvist@example.com) in Harbour Street an early riser?';
const bodies = ({ requests }: FakeProviderServer): readonly string[] =>
  requests.filter(({ method }) => method === 'POST').map(({ body }) => body.toString());

test('a key is added, and a question is shown, redacted further, sent and written down', async ({ app, provider }) => {
  test.slow();
  const { page } = app;
  await endFirstStart(page);
  await turnOn(page, 'Ask');
  const card = await addRemote(page, {
    where: 'Another service in the cloud',
    name: 'Cumulus',
    address: provider.baseUrl('openai-compatible'),
    key: 'test-key',
  });
  await card.getByRole('button', { name: 'Test Cumulus' }).click();
  await expect(card).toContainText('Address and key are right');
  // The key is in the page no more, whatever shows it: a field, a store, the address.
  expect(await page.content()).not.toContain('test-key');
  expect(bodies(provider)).toEqual([]);

  await newChat(page);
  await choosePlace(page, 'Large model');
  await send(page, question);
  const dialog = preview(page);
  await expect(dialog).toContainText('Cumulus');
  await expect(dialog).toContainText('at most $');
  await expect(shownRequest(page)).not.toContainText('marta.lindqvist@example.com');
  await expect(shownRequest(page)).toContainText('Harbour Street');
  await dialog.getByRole('textbox', { name: 'Replace another word' }).fill('Harbour Street');
  await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(shownRequest(page)).not.toContainText('Harbour Street');
  await dialog.getByRole('tab', { name: 'Exact bytes' }).click();
  const shown = await shownRequest(page).locator('pre').innerText();
  expect(bodies(provider)).toEqual([]);
  await dialog.getByRole('button', { name: 'Send' }).click();
  const answer = await finishedAnswer(page);
  await expect(wordsOf(answer)).toContainText('Marta Lindqvist (marta.lindqvist@example.com) in Harbour Street');
  // What a person saw is what left, to the byte.
  expect(bodies(provider)).toEqual([shown]);

  await expect(answer).toContainText('as you chose');
  await expect(sentLine(answer)).toContainText(/replaced/);
  await expect(sentLine(answer)).toContainText('$');
  await sentLine(answer).getByRole('link', { name: 'In the ledger' }).click();
  await expect(page.getByRole('heading', { name: 'Privacy', level: 1 })).toBeVisible();
  const entry = page.getByRole('listitem').filter({ hasText: new URL(provider.address).host });
  await expect(entry.first()).toContainText(/\d+ in, \d+ out/);
  await expect(entry.first()).toContainText(createHash('sha256').update(shown).digest('hex'));

  // The same question under the lock is answered here.
  await page.getByRole('switch', { name: 'Offline lock' }).click();
  await conversationLink(page, /Marta Lindqvist/).click();
  await answers(page).last().getByRole('button', { name: 'Answer again' }).click();
  const local = await finishedAnswer(page);
  await expect(local).toContainText('On this computer, for the offline lock is on');
  await expect(sentLine(local)).toHaveCount(0);
  expect(bodies(provider)).toHaveLength(1);
});

test('what is kept on this computer goes to no cloud, and a wrong key says so', async ({ app, provider }) => {
  test.slow();
  const { page } = app;
  await endFirstStart(page);
  await turnOn(page, 'Auto');
  const address = provider.baseUrl('openai-compatible');
  await addRemote(page, { where: 'Another service in the cloud', name: 'Cumulus', address, key: 'test-key' });
  provider.setKey('another-key');
  const card = remoteCard(page, 'Cumulus');
  await card.getByRole('button', { name: 'Test Cumulus' }).click();
  await expect(card).toContainText('does not accept the key');
  await newChat(page);
  await choosePlace(page, 'Large model');
  await send(page, 'What is a zephyr?');
  const failed = await finishedAnswer(page);
  await expect(failed).toContainText('does not accept the key');
  provider.setKey('test-key');
  await failed.getByRole('button', { name: 'Ask the large model again' }).click();
  await expect(wordsOf(await finishedAnswer(page))).toContainText('What is a zephyr?');
  const asked = bodies(provider).length;

  await chooseInMenu(page, 'What is a zephyr?', 'Keep on this computer');
  await page.getByRole('button', { name: /^Where the next message is answered/ }).click();
  const large = page.getByRole('menuitem', { name: /^Large model/ });
  await expect(large).toBeDisabled();
  await expect(large).toContainText('stays on this computer, as you decided');
  await page.keyboard.press('Escape');
  await send(page, 'And a breeze?');
  const kept = await finishedAnswer(page);
  await expect(sentLine(kept)).toHaveCount(0);
  await expect(kept).toContainText('may not leave for the cloud');
  expect(bodies(provider)).toHaveLength(asked);
});

test('asks no more once it was allowed for a conversation, and stopping ends the connection', async ({
  app,
  provider,
}) => {
  test.slow();
  const { page } = app;
  await endFirstStart(page);
  await turnOn(page, 'Ask');
  const address = provider.baseUrl('openai-compatible');
  await addRemote(page, { where: 'Your own server', name: 'Workshop', address, key: 'test-key' });
  await newChat(page);
  await choosePlace(page, 'Large model');
  await send(page, 'What is a zephyr?');
  await preview(page)
    .getByRole('checkbox', { name: /Always allow for this conversation/ })
    .check();
  await preview(page).getByRole('button', { name: 'Send' }).click();
  await finishedAnswer(page);
  provider.answer(() => 'word '.repeat(50_000));
  await choosePlace(page, 'Large model');
  await send(page, 'Tell me a long story.');
  await expect(wordsOf(answers(page).last())).toContainText('word word', { timeout: 30_000 });
  await expect(preview(page)).toHaveCount(0);
  // The foot of the window says where it is answered, and what may leave.
  await expect(statusLine(page)).toContainText('Answered by your server');
  await expect(statusLine(page)).not.toContainText('On this computer');
  await expect(statusLine(page)).toContainText('Large models: you are asked first');
  await stopButton(page).click();
  await provider.requests.at(-1)?.ended;
  expect(provider.requests.at(-1)?.end).toBe('left');
  await expect(await finishedAnswer(page)).toContainText('You stopped this answer.');
  await expect(statusLine(page)).toContainText('On this computer');
});

test('all of a document is read here, planned and put together by a large model', async ({ app, provider, folder }) => {
  test.slow();
  const { page } = app;
  await endFirstStart(page);
  await turnOn(page, 'Ask');
  const address = provider.baseUrl('openai-compatible');
  await addRemote(page, { where: 'Another service in the cloud', name: 'Cumulus', address, key: 'test-key' });
  const rooms = ['cellar', 'garden', 'laundry', 'attic', 'hall'];
  const path = join(folder, 'house-rules.txt');
  writeFileSync(
    path,
    rooms
      .map((room, index) => `Repairs in the ${room} are due within ${index + 3} days. The ${room} is swept.`)
      .join('\n\n'),
  );
  await newChat(page);
  await dropFiles(page, [path], 'Ask about it');
  await expect(page.getByText('house-rules.txt').first()).toBeVisible();
  await choosePlace(page, 'Large model');
  provider.answer(({ turns }) =>
    turns[0]?.text.startsWith('You plan') === true
      ? '1. deadlines of repairs'
      : 'Repairs in the cellar are due within 3 days. Repairs in the hall are due within 7 days.',
  );
  await send(page, 'List all deadlines.');
  // Two requests, each shown: what to look for, and what was found. Neither has the document or its name in it.
  await expect(shownRequest(page)).toContainText('List all deadlines.', { timeout: 60_000 });
  await expect(shownRequest(page)).not.toContainText('cellar');
  await preview(page).getByRole('button', { name: 'Send' }).click();
  await expect(shownRequest(page)).toContainText('Repairs in the cellar are due within 3 days.', { timeout: 60_000 });
  await expect(shownRequest(page)).not.toContainText('is swept');
  await preview(page).getByRole('button', { name: 'Send' }).click();
  const answer = await finishedAnswer(page);
  await expect(wordsOf(answer)).toContainText('Repairs in the hall are due within 7 days.');
  await expect(answer).toContainText('Every part was read on this computer.');
  await answer
    .getByRole('button', { name: /^Show passage/ })
    .first()
    .click();
  expect(bodies(provider)).toHaveLength(2);
  expect(bodies(provider).join('')).not.toMatch(/is swept|house-rules/);
});

test('nothing tries to connect while the mode is off, and wrong addresses are told at their field', async ({
  app,
  provider,
}) => {
  test.slow();
  const { page } = app;
  await endFirstStart(page);
  const where = 'Your own server';
  for (const [address, words] of [
    ['models', 'Put https:// before it'],
    ['ftp://models.example.org', 'has to begin with https://'],
    ['https://models.example.org/v1?key=1', 'question mark'],
    ['http://models.example.org/v1', 'everybody on the way could read along'],
    ['https://user:word@models.example.org', 'name or password'],
  ] as const) {
    const form = await typeRemote(page, { where, name: 'Workshop', address, key: '' });
    await expect(form).toContainText(words);
    await form.getByRole('button', { name: 'Cancel' }).click();
  }
  const form = await typeRemote(page, {
    where,
    name: 'Workshop',
    address: provider.baseUrl('openai-compatible'),
    key: 'test-key',
  });
  await expect(form).toHaveCount(0);
  const card = remoteCard(page, 'Workshop');
  await card.getByRole('button', { name: 'Test Workshop' }).click();
  await expect(card.getByRole('button', { name: 'Turn on, and ask me each time' })).toBeVisible();
  await newChat(page);
  await expect(page.getByRole('button', { name: /^Where the next message is answered/ })).toHaveCount(0);
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
  await goTo(page, 'Privacy');
  await expect(page.getByText('Nothing has left this computer')).toBeVisible();
  expect(provider.requests).toEqual([]);
});
