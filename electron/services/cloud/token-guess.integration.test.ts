import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealEngine, starterModelPath } from '../../testing/real-engine.ts';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { guessTokens, mostTokens } from './token-guess.ts';

// The guess beside a tokeniser that is one: that of the small chat model.
const real = createRealEngine();
const never = new AbortController().signal;
beforeAll(async () => await real.engine.load({ slot: 'chat', path: starterModelPath }, { signal: never }));
afterAll(async () => await real.engine.close());

const random = createSeededRandom(11);
const number = (below: number): number => Math.floor(random() * below);
const electron = join(import.meta.dirname, '../..');

/** Sentences that the app says. */
async function sentencesOf(language: string): Promise<string> {
  const folder = join(electron, 'shared/locales', language);
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => await readFile(join(folder, name), 'utf8')),
  );
  return files.flatMap((text) => [...text.matchAll(/": "([^"]{40,})"/g)].map(([, said = '']) => said)).join('\n');
}

const chinese =
  '昨天下午我去了图书馆，借了三本关于中国历史的书，打算在周末把它们读完。这家公司去年的收入增长了百分之十二，但是利润却因为原材料价格上涨而下降。' +
  '请您在合同签订之前仔细阅读所有条款，特别是关于付款期限和违约责任的部分。会议定于下星期三上午九点在总部大楼的第二会议室举行，请各部门负责人准时参加。';
const russian =
  'Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и совестью и должны поступать ' +
  'в отношении друг друга в духе братства. Вчера после обеда я пошёл в библиотеку и взял три книги по истории.';
const arabic =
  'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلًا وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.';
const table = (): string =>
  Array.from({ length: 100 }, () => `2026-11-${10 + number(18)},${number(1e6)},${random().toFixed(4)}`).join('\n');

const kinds: readonly (readonly [kind: string, text: () => string | Promise<string>])[] = [
  ['English', () => sentencesOf('en')],
  ['German', () => sentencesOf('de')],
  ['Chinese', () => chinese],
  ['Russian', () => russian],
  ['Arabic', () => arabic],
  ['code', () => readFile(join(electron, 'egress/create-egress.ts'), 'utf8')],
  ['JSON', () => readFile(join(electron, 'shared/locales/en/menu.json'), 'utf8')],
  ['numbers', table],
];
const odd: readonly (readonly [kind: string, text: () => string])[] = [
  ['keys', () => Buffer.from(Array.from({ length: 1_500 }, () => number(256))).toString('base64')],
  ['hashes', () => Buffer.from(Array.from({ length: 512 }, () => number(256))).toString('hex')],
  ['random letters', () => Array.from({ length: 2_000 }, () => String.fromCodePoint(97 + number(26))).join('')],
  ['emoji', () => '😀🎉🚀👩‍💻🇩🇪🦄🍕'.repeat(20)],
  ['marks', () => '!@#$%^&*()_+{}|:"<>?~`-=[];,./'.repeat(20)],
  ['digits', () => Array.from({ length: 300 }, () => number(1e9)).join(' ')],
  ['breaks', () => `${'\n'.repeat(50)}${'\t \t'.repeat(50)}`],
];

const tokensOf = async (text: string): Promise<number> =>
  (await real.engine.countTokens('chat', [text], never))[0] ?? 0;

describe('guessTokens', () => {
  // Catches a guess of four characters a token for everything: of German it misses a third, of Chinese and numbers far more.
  it.each(kinds)('is off by no more than 15 % of %s', async (_kind, make) => {
    const text = await make();
    expect(Math.abs(guessTokens(text) / (await tokensOf(text)) - 1)).toBeLessThan(0.15);
  });
});

describe('mostTokens', () => {
  // Catches a bound that is none: with two bytes a token a table of numbers cost twice of what was set aside for it.
  it.each([...kinds, ...odd])('is never less than there are of %s', async (_kind, make) => {
    const text = await make();
    expect(mostTokens(text)).toBeGreaterThanOrEqual(await tokensOf(text));
  });
});
