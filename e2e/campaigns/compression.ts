// How often a sentence that answers a question survives as a whole when what is sent to a large model is shortened, at each ratio.
//
//   npm run campaign -- compression ARTICLES [PER-ARTICLE]
//
// ARTICLES is a folder of files in the format of SQuAD 2.0, which stays outside the repository. Each question is asked of four
// passages, as an answer from documents sends them, and of a long pasted text. Ends with 1 when, at the ratio that the product
// uses, fewer answers survive than its floor says.
import { resolve } from 'node:path';
import { compressText } from '../../electron/services/cloud/compress-text.ts';
import { passageFloor, passageRatio, pastedFloor, pastedRatio } from '../../electron/services/cloud/compress-turns.ts';
import { sentenceSpans } from '../../electron/shared/sentences.ts';
import { readArticles } from './ranking/training-texts.ts';
import type { TrainingText } from './ranking/training-texts.ts';

const [, , folder, perArticle = '20'] = process.argv;
if (folder === undefined) throw new Error('Name a folder of articles in the format of SQuAD 2.0.');

const ratios = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

type Case = { readonly question: string; readonly text: string; readonly golds: readonly string[] };

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
    return [{ question: query, text: joined, golds: sentences.map(({ start, end }) => text.slice(start, end)) }];
  });
}

function measure(cases: readonly Case[], ratio: number): { readonly survived: number; readonly size: number } {
  let [survived, size] = [0, 0];
  for (const { question, text, golds } of cases) {
    const compressed = compressText(text, question, ratio);
    if (golds.some((gold) => compressed.includes(gold))) survived += 1;
    size += compressed.length / text.length;
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
];
if (results.includes(false)) process.exitCode = 1;
