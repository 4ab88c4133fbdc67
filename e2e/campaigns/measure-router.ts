// Measures what the router is taught with: questions with known answers, asked of the local model, and what a simulated
// strong model would answer. Goes on where an earlier run of the same file stopped.
//
//   npm run campaign -- measure-router MEETINGS ARTICLES MEASURED.jsonl [MEETING-STEP] [PER-TEXT] [NOTES]
//
// MEETINGS is a folder of QMSum's train split, ARTICLES a folder of files in the format of SQuAD 2.0; they and what is
// measured stay outside the repository. The strong model is simulated by an oracle over the gold answers.
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDocumentServices } from '../../electron/testing/open-document-services.ts';
import { createRealEngine, embedderPath, starterModelPath } from '../../electron/testing/real-engine.ts';
import { readAskedTexts } from './routing/asked-texts.ts';
import type { AskedAmount } from './routing/asked-texts.ts';
import { measureText } from './routing/measure-questions.ts';

const signal = new AbortController().signal;

/** Texts that an earlier run finished: one line each. */
async function countDone(target: string): Promise<number> {
  const before = await readFile(target, 'utf8').catch(() => '');
  return before.split('\n').filter((line) => line !== '').length;
}

async function measure(folders: readonly [string, string], target: string, amount: AskedAmount): Promise<void> {
  const texts = await readAskedTexts(...folders, amount);
  const done = await countDone(target);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-router-'));
  const services = await openDocumentServices();
  const { engine: chat } = createRealEngine();
  try {
    await chat.load({ slot: 'chat', path: starterModelPath, contextTokens: 2_048 }, { signal });
    await chat.load({ slot: 'embedding', path: embedderPath }, { signal });
    for (const [at, text] of texts.entries()) {
      if (at < done) continue;
      const measured = await measureText(text, { services, chat, folder });
      await appendFile(target, `${JSON.stringify(measured)}\n`);
      const [local, strong] = (['localQuality', 'strongQuality'] as const).map((key) =>
        measured.reduce((sum, one) => sum + one[key], 0).toFixed(1),
      );
      console.log(
        `${at + 1} of ${texts.length}: ${text.fileName}, ${measured.length} asked, ${local} here, ${strong} there`,
      );
    }
  } finally {
    await chat.close();
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const [meetings, articles, target, ...numbers] = process.argv.slice(2);
const [meetingStep = 14, perText = 3, notesPerFile = 24] = numbers.map(Number);
if (
  meetings === undefined ||
  articles === undefined ||
  target === undefined ||
  numbers.some((one) => !/^\d+$/.test(one))
) {
  console.error(
    'Usage: npm run campaign -- measure-router MEETINGS ARTICLES MEASURED.jsonl [MEETING-STEP] [PER-TEXT] [NOTES]',
  );
  process.exitCode = 2;
} else {
  await measure([resolve(meetings), resolve(articles)], resolve(target), { meetingStep, perText, notesPerFile });
}
