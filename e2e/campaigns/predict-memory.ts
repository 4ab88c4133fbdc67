// `npm run campaign -- predict-memory [WORD] [TOKENS]`: what the engine process holds at its peak against what was
// predicted from the header, for every model at hand and two windows, each filled with at most TOKENS (default 1,500).
// WORD leaves out models whose name lacks it. Ends with 1 when any is more than 15 % off. Needs `/proc`.
import { sampleText } from '../../electron/inference/probe/made-metadata.ts';
import type { MeasuredModel } from './fit/measured-models.ts';
import { measuredModels } from './fit/measured-models.ts';
import { answer, openWorkbench } from './fit/workbench.ts';

const [word, mostTokens = '1500'] = process.argv.slice(2);
const bar = 0.15;
const never = new AbortController().signal;
const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;

const bench = await openWorkbench();

async function usedBytes(model: MeasuredModel, path: string, contextTokens: number): Promise<number> {
  const { engine, peakBytes } = bench.start();
  try {
    await engine.load({ slot: model.slot, path, contextTokens }, { signal: never });
    const tokens = Math.min(Math.floor(contextTokens * 0.85), Number(mostTokens));
    if (model.slot === 'chat') {
      // In a made model each letter is a token, in a real one each of these words.
      const text = 'shape' in model ? sampleText(tokens) : 'the fox and the river '.repeat(Math.floor(tokens / 5));
      await answer(engine, { text, maxTokens: 16 });
    } else {
      const texts = Array.from({ length: 8 }, () => 'the fox and the river '.repeat(Math.floor(tokens / 5)));
      await engine.embed(texts, { priority: 'interactive', signal: never });
    }
    return await peakBytes();
  } finally {
    await engine.close();
  }
}

let isWithin = true;
try {
  for (const model of measuredModels(word)) {
    const { path, subject } = await bench.prepare(model);
    for (const contextTokens of model.windows) {
      const { memoryBytes } = await bench.fit.predict(subject, { contextTokens });
      const used = await usedBytes(model, path, contextTokens);
      const ratio = memoryBytes / used;
      isWithin &&= Math.abs(ratio - 1) <= bar;
      console.log(
        `${model.name}, window ${contextTokens}: predicted ${mebibytes(memoryBytes)}, used ${mebibytes(used)}, ratio ${ratio.toFixed(2)}`,
      );
    }
  }
} finally {
  await bench.close();
}
console.log(isWithin ? 'All within 15 %.' : 'Some are more than 15 % off.');
process.exitCode = isWithin ? 0 : 1;
