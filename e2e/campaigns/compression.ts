// How often a sentence that answers a question survives as a whole when what is sent to a large model is shortened, at each ratio.
//
//   npm run campaign -- compression ARTICLES [PER-ARTICLE]
//
// ARTICLES is a folder of files in the format of SQuAD 2.0, which stays outside the repository. Each question is asked of four
// passages, as an answer from documents sends them, of a long pasted text, and of a conversation in which an answer long ago says
// it. Ends with 1 when, at the ratio that the product
// uses, fewer answers survive than its floor says.
import { resolve } from 'node:path';
import { compressTexts } from '../../electron/services/cloud/compress-text.ts';
import {
  historyFloor,
  historyRatio,
  passageFloor,
  passageRatio,
  pastedFloor,
  pastedRatio,
} from '../../electron/services/cloud/compress-turns.ts';
import { sentenceSpans } from '../../electron/shared/sentences.ts';
import { readArticles } from './ranking/training-texts.ts';
import type { TrainingText } from './ranking/training-texts.ts';

const [, , folder, perArticle = '20'] = process.argv;
if (folder === undefined) throw new Error('Name a folder of articles in the format of SQuAD 2.0.');

const ratios = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

type Case = { readonly question: string; readonly texts: readonly string[]; readonly golds: readonly string[] };

/** Paragraphs with their offsets. */
function paragraphsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/\S[\s\S]*?(?=\n\s*\n|$)/g)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

/** So many paragraphs around the one that answers. */
function around({ text, questions }: TrainingText, count: number, isMarked: boolean): readonly Case[] {
  const paragraphs = paragraphsOf(text);
  return questions.flatMap(({ query, spans }, at): readonly Case[] => {
    const [span] = spans;
    const home =
      span === undefined ? -1 : paragraphs.findIndex(({ start, end }) => span.start >= start && span.end <= end);
    if (home === -1) return [];
    // The one that answers stands now here, now there.
    const first = Math.max(0, Math.min(home - (at % count), paragraphs.length - count));
    const chosen = paragraphs.slice(first, first + count).map(({ start, end }) => text.slice(start, end));
    const joined = chosen
      .map((paragraph, index) => (isMarked ? `[${index + 1}] ${paragraph}` : paragraph))
      .join('\n\n');
    const sentences = [...sentenceSpans(text)].filter(({ start, end }) =>
      spans.some((gold) => gold.start < end && gold.end > start),
    );
    return [{ question: query, texts: [joined], golds: sentences.map(({ start, end }) => text.slice(start, end)) }];
  });
}

/** Conversations of so many turns, in which one answer long ago says what is asked now. */
function conversations(articles: readonly TrainingText[], turnCount: number): readonly Case[] {
  const said = articles.flatMap((text) =>
    paragraphsOf(text.text).flatMap(({ start, end }) => {
      const within = text.questions.filter(
        ({ spans: [span] }) => span !== undefined && span.start >= start && span.end <= end,
      );
      return within.length < 2 ? [] : [{ text, start, end, within }];
    }),
  );
  const exchanges = turnCount / 2;
  return said.slice(0, said.length - exchanges).flatMap((_, first): readonly Case[] => {
    const chosen = said.slice(first, first + exchanges);
    const home = chosen[first % exchanges];
    // What was asked about the answer then is not what is asked now.
    const asked = home?.within.at(-1);
    if (home === undefined || asked === undefined) return [];
    const golds = [...sentenceSpans(home.text.text)]
      .filter(({ start, end }) => asked.spans.some((span) => span.start < end && span.end > start))
      .map(({ start, end }) => home.text.text.slice(start, end));
    const turns = chosen.flatMap(({ text, start, end, within }) => [
      within[0]?.query ?? '',
      text.text.slice(start, end),
    ]);
    return [{ question: asked.query, texts: turns, golds }];
  });
}

function measure(cases: readonly Case[], ratio: number): { readonly survived: number; readonly size: number } {
  let [survived, size] = [0, 0];
  for (const { question, texts, golds } of cases) {
    const compressed = compressTexts(texts, question, ratio).join('\n');
    if (golds.some((gold) => compressed.includes(gold))) survived += 1;
    size += compressed.length / texts.join('\n').length;
  }
  return { survived: survived / cases.length, size: size / cases.length };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function report(
  name: string,
  cases: readonly Case[],
  used: { readonly ratio: number; readonly floor: number },
): boolean {
  console.log(`\n${name}: ${cases.length} questions`);
  console.log('| ratio | size | answering sentences that survive |\n|---|---|---|');
  for (const ratio of ratios) {
    const { survived, size } = measure(cases, ratio);
    console.log(`| ${ratio} | ${percent(size)} | ${percent(survived)} |`);
  }
  const { survived } = measure(cases, used.ratio);
  const isGood = survived >= used.floor;
  console.log(
    `At ${used.ratio}, which is used: ${percent(survived)}; the floor is ${percent(used.floor)}${isGood ? '' : ': BELOW'}.`,
  );
  return isGood;
}

const articles = await readArticles(resolve(folder), Number(perArticle));
const passages = articles.flatMap((article) => around(article, 4, true));
const pasted = articles.flatMap((article) => around(article, 12, false));
const results = [
  report('Four passages', passages, { ratio: passageRatio, floor: passageFloor }),
  report('A long pasted text', pasted, { ratio: pastedRatio, floor: pastedFloor }),
  ...[10, 30, 60].map((turns) =>
    report(`${turns} turns of a conversation`, conversations(articles, turns), {
      ratio: historyRatio,
      floor: historyFloor,
    }),
  ),
];
if (results.includes(false)) process.exitCode = 1;
