// A person's first day, through the door that is named: a chat, a document summarised, a question to a document. Started by the
// campaign `silence`, which watches what it sends.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { dropFiles } from '../../app/drop-files.ts';
import { startElectron } from '../../app/electron-app.ts';
import { startHost } from '../../app/host-app.ts';
import { lease, logbook } from '../../app/sample-documents.ts';
import { starterModelPath } from '../../app/sotto-test.ts';
import { finishedAnswer, newChat, send } from '../../app/window.ts';
import { browserArguments, findBrowser } from '../../browser.ts';

const door = process.argv[2] === 'double' ? 'double' : 'host';
const folder = mkdtempSync(join(tmpdir(), 'sotto-silence-'));
const options = { dataFolder: join(folder, 'data'), modelFolder: join(folder, 'models') };
for (const path of Object.values(options)) mkdirSync(path);
symlinkSync(starterModelPath, join(options.modelFolder, 'SmolLM2-135M-Instruct.Q4_1.gguf'));

function writeDocument(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function travel(page: Page): Promise<void> {
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  console.log('  chat answered');
  await dropFiles(page, [writeDocument('logbook.md', logbook)], 'Summarise');
  await expect(page.getByText('100% of the text')).toBeVisible({ timeout: 200_000 });
  console.log('  document summarised');
  await newChat(page);
  await dropFiles(page, [writeDocument('lease.txt', lease)], 'Ask about it');
  await expect(page.getByText('lease.txt').first()).toBeVisible({ timeout: 30_000 });
  await send(page, 'How much is the monthly rent?');
  await finishedAnswer(page);
  console.log('  question answered');
}

try {
  if (door === 'double') {
    process.env['ELECTRON_DOUBLE_CHROMIUM'] ??= await findBrowser();
    const app = await startElectron('double', options);
    await travel(app.page);
    await app.close();
  } else {
    await using browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
    const app = await startHost(await browser.newPage({ locale: 'en' }), options);
    await travel(app.page);
    await app.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
