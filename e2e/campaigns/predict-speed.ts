// `npm run campaign -- predict-speed [WORD] [ROUNDS] [CORES]`: how fast models write and read against what was predicted
// from a probe of this machine and their headers. Probe and model take turns for ROUNDS (default 3); the median of the
// predictions counts, and the quickest answer, because other programs only ever slow it down. On a busy machine take one core (default 2), because threads that
// wait for each other tell more about the other programs than about the model. Ends with 1 when a rate of writing is more
// than 30 % off.
import { loadavg } from 'node:os';
import { sampleText } from '../../electron/inference/probe/made-metadata.ts';
import type { MeasuredModel } from './fit/measured-models.ts';
import { measuredModels } from './fit/measured-models.ts';
import { answer, openWorkbench } from './fit/workbench.ts';

const [word, rounds = '3', cores = '2'] = process.argv.slice(2);
const bar = 0.3;
const contextTokens = 1_024;
const promptTokens = 300;
const answerTokens = 32;
const never = new AbortController().signal;

const bench = await openWorkbench(Number(cores));

async function measuredRates(model: MeasuredModel, path: string) {
  const { engine } = bench.start();
  try {
    await engine.load({ slot: 'chat', path, contextTokens }, { signal: never });
    const text = 'shape' in model ? sampleText(promptTokens) : 'the fox and the river '.repeat(promptTokens / 5);
    // The first answer finds the number of threads and the size of batches.
    await answer(engine, { text: `Write a long story about ${text.slice(0, 60)}`, maxTokens: 24, key: 'warm-up' });
    const { inputTokens, timeToFirstTokenMs, tokensPerSecond } = await answer(engine, {
      text,
      maxTokens: answerTokens,
    });
    return { write: tokensPerSecond, readMs: timeToFirstTokenMs / inputTokens };
  } finally {
    await engine.close();
  }
}

let isWithin = true;
try {
  for (const model of measuredModels(word).filter(({ slot }) => slot === 'chat')) {
    const { path, subject } = await bench.prepare(model);
    const predictions: number[] = [];
    let quickest = 0;
    for (let round = 0; round < Number(rounds); round += 1) {
      const { rates, blockOverheadMs, tokenOverheadMs } = await bench.fit.probe(never);
      console.log(
        `  probe: ${rates.map(({ type, decodeBytesPerSecond }) => `${type} ${(decodeBytesPerSecond / 1e9).toFixed(1)} GB/s`).join(', ')}, ` +
          `${blockOverheadMs.toFixed(3)} ms a block, ${tokenOverheadMs.toFixed(2)} ms a token`,
      );
      const predicted = await bench.fit.predict(subject, { contextTokens });
      const measured = await measuredRates(model, path);
      const write = predicted.tokensPerSecond ?? 0;
      const readMs = (predicted.timeToFirstTokenMs ?? 0) / 500;
      predictions.push(write);
      quickest = Math.max(quickest, measured.write);
      console.log(
        `${model.name}: writes ${measured.write.toFixed(1)} tokens/s, predicted ${write.toFixed(1)}, ratio ${(write / measured.write).toFixed(2)}; ` +
          `reads a token in ${measured.readMs.toFixed(2)} ms, predicted ${readMs.toFixed(2)}, ratio ${(readMs / measured.readMs).toFixed(2)}; ` +
          `load of the machine ${loadavg()[0]?.toFixed(1)}`,
      );
    }
    const middle = predictions.toSorted((a, b) => a - b)[Math.floor(predictions.length / 2)] ?? 0;
    const ratio = middle / quickest;
    isWithin &&= Math.abs(ratio - 1) <= bar;
    console.log(
      `${model.name}: at best ${quickest.toFixed(1)} tokens/s, predicted ${middle.toFixed(1)}, ratio ${ratio.toFixed(2)}`,
    );
  }
} finally {
  await bench.close();
}
console.log(isWithin ? 'All within 30 %.' : 'Some are more than 30 % off.');
process.exitCode = isWithin ? 0 : 1;
