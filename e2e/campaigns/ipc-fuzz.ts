// `npm run campaign -- ipc-fuzz [ROUNDS] [SEED]`: hostile messages over every procedure of the contract and every channel of
// the preload script, into the real app. Ends with 1 when one went unanswered, was answered without a type, was a failure that
// nobody expected, left a promise rejected, or gave a prototype a name.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerPages } from '../../electron/main/answer-pages.ts';
import { FakePageDoor } from '../../electron/testing/fake-page.ts';
import { listCalls } from '../../electron/testing/fuzzed-messages.ts';
import { fuzzPages } from '../../electron/testing/ipc-fuzz.ts';
import { openTestApp } from '../../electron/testing/open-test-app.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const rounds = Number(process.argv[2] ?? 100_000);
const random = createSeededRandom(Number(process.argv[3] ?? 1));
/** Rounds between two apps, so that what the right calls pile up does not slow the rest down. */
const roundsPerApp = 2_000;

const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => void rejections.push(reason));

const outcomes = new Map<string, number>();
const failures: string[] = [];
for (let done = 0; done < rounds; done += roundsPerApp) {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-fuzz-'));
  const { app } = await openTestApp({
    dataFolder: join(folder, 'data'),
    platform: { openExternal: () => Promise.resolve() },
  });
  const page = new FakePageDoor();
  answerPages(page.door, Promise.resolve(app.context({ canNamePaths: false })), createRecordingLogger());
  const tally = await fuzzPages(page, Math.min(roundsPerApp, rounds - done), random);
  failures.push(...tally.failures);
  for (const failure of tally.failures.slice(0, 10)) console.error(failure);
  for (const [outcome, count] of tally.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
  await app.close();
  await rm(folder, { recursive: true, force: true });
  console.log(`${Math.min(done + roundsPerApp, rounds)} messages, ${failures.length} failures`);
}
for (const [outcome, count] of [...outcomes].toSorted(([, a], [, b]) => b - a)) console.log(`${count}\t${outcome}`);
for (const rejection of rejections.slice(0, 20)) console.error('Unhandled rejection:', rejection);
const unexpected = outcomes.get('app/unexpected') ?? 0;
console.log(
  `${rounds} messages over ${listCalls().length} calls and the channels: ${failures.length} unanswered or untyped, ` +
    `${unexpected} unexpected failures, ${rejections.length} unhandled rejections.`,
);
if (failures.length > 0 || rejections.length > 0 || unexpected > 0) process.exitCode = 1;
