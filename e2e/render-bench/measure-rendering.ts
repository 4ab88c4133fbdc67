// Render time of a streamed answer in Chromium, against react-markdown rendered at every piece, and the longest task
// while answers of 3,000 lines are written:
//   node e2e/render-bench/measure-rendering.ts [--json]
import { manualAnswer } from '../screenshots/gallery-texts.ts';
import { longAnswers } from './long-answers.ts';
import { onBenchPage, openBenchPage } from './open-bench-page.ts';

const repeats = 3;
/** Characters in one piece: a few tokens, as many as come within one frame of a quick answer. */
const pieceLength = 32;
/** A long answer is streamed in fewer pieces, for a machine that writes quickly. */
const longPieceLength = 400;
const longestTaskBarMs = 100;

/** The bars of the design: how many times less the window has to work. */
const cases = [
  { sizeBytes: 8_000, bar: 12 },
  { sizeBytes: 40_000, bar: 60 },
] as const;

/** An answer of many different blocks, none of them longer than people write. */
function answerOf(length: number): string {
  let text = '';
  for (let part = 1; text.length < length; part += 1) text += `## Part ${part}\n\n${manualAnswer}\n\n`;
  return text.slice(0, length);
}

const least = (values: readonly number[]): number => Math.min(...values);

await using bench = await openBenchPage({ hasPolicy: true });
const { page } = bench;
const rendering = [];
for (const { sizeBytes, bar } of cases) {
  const text = answerOf(sizeBytes);
  const times: { readonly sottoMs: number; readonly otherMs: number }[] = [];
  // The first run warms both up and does not count.
  for (let run = 0; run <= repeats; run += 1) {
    const sottoMs = await onBenchPage(page, 'measure', 'sotto', text, pieceLength);
    const otherMs = await onBenchPage(page, 'measure', 'react-markdown', text, pieceLength);
    if (run > 0) times.push({ sottoMs, otherMs });
  }
  // Of the least times, for what else the machine does can only make one longer; the spread is that of the runs.
  const ratio = least(times.map(({ otherMs }) => otherMs)) / least(times.map(({ sottoMs }) => sottoMs));
  const ratios = times.map(({ sottoMs, otherMs }) => otherMs / sottoMs);
  rendering.push({ sizeBytes, bar, ratio, least: least(ratios), most: Math.max(...ratios) });
}
const longAnswer = [];
for (const { kind, text } of longAnswers()) {
  const longestTaskMs = await onBenchPage(page, 'measureLongestTask', text, longPieceLength);
  longAnswer.push({ kind, lines: text.split('\n').length, longestTaskMs, barMs: longestTaskBarMs });
}

if (process.argv.includes('--json')) console.log(JSON.stringify({ rendering, longAnswer }));
else {
  for (const { sizeBytes, ratio, least: lowest, most, bar } of rendering) {
    const spread = `${lowest.toFixed(1)} to ${most.toFixed(1)}`;
    console.log(`${sizeBytes / 1_000} kB: ${ratio.toFixed(1)} times less than react-markdown (${spread}; bar ${bar})`);
  }
  for (const { kind, lines, longestTaskMs, barMs } of longAnswer) {
    const longest = longestTaskMs === 0 ? 'no task over 50 ms' : `longest task ${longestTaskMs.toFixed(0)} ms`;
    console.log(`${lines} lines of ${kind}: ${longest} (bar ${barMs})`);
  }
}
