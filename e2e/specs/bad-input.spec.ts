import { openSync, closeSync, ftruncateSync, mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { dropFiles, dropFilesAnywhere } from '../app/drop-files.ts';
import { spawnHost } from '../app/host-app.ts';
import { starterModelPath, test } from '../app/sotto-test.ts';
import { composer, evidence, finishedAnswer, goTo, newChat, send } from '../app/window.ts';

/** What the window says about a file that it was given. */
const complaint = (page: Page) => page.getByRole('alert').or(page.getByRole('dialog')).first();

test.describe('files that cannot be read as documents', () => {
  const cases = [
    { name: 'empty.txt', bytes: Buffer.alloc(0), says: /empty/i },
    {
      name: 'picture.txt',
      bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      says: /not text|no text|binary|picture|image/i,
    },
    {
      name: 'report.pdf',
      bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
      says: /damaged/,
    },
  ];
  for (const { name, bytes, says } of cases) {
    test(`says what is wrong with ${name}, and stays usable`, async ({ app: { page }, folder }) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      await dropFiles(page, [path], 'Ask about it');
      await expect(complaint(page)).toContainText(says);
      await page.keyboard.press('Escape');
      await expect(composer(page)).toBeEnabled();
    });
  }
});

test('reads text that is not UTF-8', async ({ app: { page }, folder }) => {
  const path = join(folder, 'brief.txt');
  const text = 'Die Kündigungsfrist beträgt drei Monate zum Quartalsende. Der Mieter trägt kleine Reparaturen. ';
  writeFileSync(path, Buffer.from(text.repeat(4), 'latin1'));
  await dropFiles(page, [path], 'Summarise');
  await expect(page.getByText('100% of the text')).toBeVisible({ timeout: 100_000 });
  await page.getByRole('region', { name: 'Section by section' }).getByRole('button').first().click();
  // Catches bytes of windows-1252 that were read as UTF-8: the umlauts would be lost.
  await expect(evidence(page)).toContainText('Kündigungsfrist beträgt');
});

test('takes a text of 50 MB without losing the window', async ({ app: { page }, folder }) => {
  test.slow();
  const path = join(folder, 'archive.txt');
  const line = 'On this day nothing was entered in the log of the harbour, and the tide came in as it always had.\n';
  writeFileSync(path, Buffer.alloc(50 * 1024 * 1024, line));
  await dropFiles(page, [path], 'Ask about it');
  await expect(page.getByText('archive.txt').first()).toBeVisible({ timeout: 200_000 });
  await goTo(page, 'Documents');
  await expect(page.getByText(/Being read/).first()).toBeVisible();
  await newChat(page);
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
});

test.describe('without a model', () => {
  test.use({ models: 'none' });

  test('explains how to import one, and takes it', async ({ app: { page } }) => {
    // A fresh start asks for it in its first step; the page of models says it to everybody who comes later.
    await expect(page.getByRole('heading', { name: 'A model for this computer' })).toBeVisible();
    await goTo(page, 'Models');
    await expect(page.getByRole('heading', { name: 'No model yet' })).toBeVisible();
    await dropFilesAnywhere(page, [starterModelPath]);
    await page.getByRole('button', { name: 'Import this model' }).click();
    await expect(page.getByText(/SmolLM2.* is ready/).first()).toBeVisible({ timeout: 60_000 });
    await newChat(page);
    await send(page, 'What is the capital of France?');
    await expect(await finishedAnswer(page)).toContainText('Paris');
  });

  test('refuses a file that only has the name of a model', async ({ app: { page }, folder }) => {
    const path = join(folder, 'novel.gguf');
    writeFileSync(path, 'Call me Ishmael. '.repeat(400));
    await dropFilesAnywhere(page, [path]);
    await page.getByRole('button', { name: 'Import this model' }).click();
    await expect(complaint(page)).toContainText(/not a model/i);
  });

  test('refuses a model that was cut off, and says how much is missing', async ({ app: { page }, folder }) => {
    const path = join(folder, 'half.gguf');
    const head = readFileSync(starterModelPath).subarray(0, 6_000_000);
    const file = openSync(path, 'w');
    writeSync(file, head);
    ftruncateSync(file, head.length);
    closeSync(file);
    await dropFilesAnywhere(page, [path]);
    await page.getByRole('button', { name: 'Import this model' }).click();
    await expect(complaint(page)).toContainText(/incomplete|cut off|MB/i);
  });
});

test('takes in a message of 1 MB, zeros and halves of letters, and keeps what was written', async ({
  app: { page },
}) => {
  const long = 'On this day nothing was entered in the log. '.repeat(24_000);
  await send(page, long);
  await expect(await finishedAnswer(page)).toContainText('more than the model can keep in mind');
  await expect(page.getByText('On this day nothing was entered in the log.').first()).toBeVisible();
  await newChat(page);
  // The lone half of a letter and the zero come to life in the page: no transport would carry them there.
  await composer(page).evaluate((field: HTMLTextAreaElement) => {
    const text = `What is the capital of France?${String.fromCharCode(0)}${String.fromCharCode(0xd83d)} end`;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await composer(page).press('Enter');
  await finishedAnswer(page);
  await expect(page.getByText(/What is the capital of France\?.* end/).first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('says that a second instance found the first, which goes on', async ({
  app: { page },
  dataFolder,
  modelFolder,
}) => {
  await expect(spawnHost({ dataFolder, modelFolder })).rejects.toThrow(
    /already running on this data folder \(process \d+\)\. Nothing was changed\./,
  );
  await send(page, 'What is the capital of France?');
  await expect(await finishedAnswer(page)).toContainText('Paris');
});

test('says at the start that it may not write to its folder', async ({ folder, modelFolder }) => {
  const locked = join(folder, 'locked');
  // Whoever may do everything may also write where nobody may; a file in the folder's place stops them too.
  if (process.getuid?.() === 0) writeFileSync(locked, '');
  else mkdirSync(locked, { mode: 0o500 });
  await expect(spawnHost({ dataFolder: join(locked, 'data'), modelFolder })).rejects.toThrow(
    /Sotto may not write to its folder.*What was there before is unharmed\./,
  );
});
