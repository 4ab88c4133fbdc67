// The picture at the top of the README: the built app, the real starter model, a real question of a real file.
//   node e2e/screenshots/take-readme-picture.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { dropFiles } from '../app/drop-files.ts';
import { startHost } from '../app/host-app.ts';
import { lease } from '../app/sample-documents.ts';
import { starterModelPath } from '../app/sotto-test.ts';
import { evidence, finishedAnswer, send } from '../app/window.ts';
import { browserArguments, findBrowser } from '../browser.ts';

const target = resolve(import.meta.dirname, '../../docs/images/sotto.png');
const folder = mkdtempSync(join(tmpdir(), 'sotto-picture-'));
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const app = await startHost(page, { dataFolder: join(folder, 'data'), modelFolder: dirname(starterModelPath) });
  const path = join(folder, 'lease.txt');
  writeFileSync(path, lease);
  await dropFiles(page, [path], 'Ask about it');
  await send(page, 'How much is the monthly rent?');
  const answer = await finishedAnswer(page);
  await answer
    .getByRole('button', { name: /^Show passage/ })
    .first()
    .click();
  await evidence(page).waitFor();
  await answer.hover();
  await page.waitForTimeout(500);
  mkdirSync(dirname(target), { recursive: true });
  await page.screenshot({ path: target });
  await app.close();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
