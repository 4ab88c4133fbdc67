import type { BareProgramCommand, WorkerSetup } from '../protocol/engine-command.ts';
import type { Work } from './work.ts';

/** What the library's own guide shows, with the same options as the engine: nothing is kept, scheduled, checked or told. */
export async function runBareProgram(
  { cores }: Pick<WorkerSetup, 'cores'>,
  { path, contextTokens, batchTokens, usesFlashAttention, prompt, maxTokens }: BareProgramCommand,
): Promise<void> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: cores,
    logLevel: LlamaLogLevel.disabled,
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0, useMmap: false });
  const context = await model.createContext({
    contextSize: contextTokens,
    batchSize: batchTokens,
    threads: cores,
    flashAttention: usesFlashAttention,
  });
  const sequence = context.getSequence();
  let tokens = 0;
  for await (const _token of sequence.evaluate(model.tokenize(prompt), { temperature: 0, yieldEogToken: true })) {
    tokens += 1;
    if (tokens >= maxTokens) break;
  }
}

/** The system's own count since the process began. */
export function emitPeakMemory(work: Work): void {
  // In kibibytes on every system.
  work.emit({ type: 'peak-memory', id: work.id, bytes: process.resourceUsage().maxRSS * 1_024 });
}
