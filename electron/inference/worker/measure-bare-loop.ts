import type { Token } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { BareLoopCommand } from '../protocol/engine-command.ts';
import type { ChatModel } from './chat-model.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import type { ComputeScheduler } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** How often the loop says that it lives, in tokens. */
const tokensPerSign = 16;

/**
 * Times the library's plain loop in a fresh context with the same options: greedy, nothing read back, nobody let in
 * between, and the number of threads fixed, at what answers use at the moment unless it is named. What the engine adds to this is what the app costs.
 */
export async function measureBareLoop(
  parts: { readonly runtime: LlamaRuntime; readonly scheduler: ComputeScheduler; readonly chat: ChatModel },
  command: BareLoopCommand,
  work: Work,
): Promise<void> {
  const { runtime, scheduler, chat } = parts;
  const prompt = chat.prompts.write(command.turns);
  if (prompt.length + command.maxTokens >= chat.contextTokens) {
    throw new AppError('prompt/too-long', 'the measured prompt does not fit in the context window', {
      promptTokens: prompt.length,
      contextTokens: chat.contextTokens,
    });
  }
  await withTurn(scheduler, work, { priority: 'interactive', phase: () => 'prefill' }, async () => {
    const context = await chat.createContext();
    await using _context = { [Symbol.asyncDispose]: async () => context.dispose() };
    runtime.llama.maxThreads = command.threads ?? runtime.tuner.chosen('decode');
    const sequence = context.getSequence();
    const startedAtMs = performance.now();
    let firstAtMs = startedAtMs;
    let lastAtMs = startedAtMs;
    let outputTokens = 0;
    for await (const _token of sequence.evaluate(prompt, { temperature: 0 }) satisfies AsyncIterable<Token>) {
      lastAtMs = performance.now();
      if (outputTokens === 0) firstAtMs = lastAtMs;
      outputTokens += 1;
      if (outputTokens >= command.maxTokens || work.signal.aborted) break;
      if (outputTokens % tokensPerSign === 1) enterPhase(work, 'token');
    }
    work.signal.throwIfAborted();
    const decodeMs = lastAtMs - firstAtMs;
    work.emit({
      type: 'bare-loop-end',
      id: work.id,
      result: {
        promptTokens: prompt.length,
        outputTokens,
        prefillMs: firstAtMs - startedAtMs,
        decodeTokensPerSecond: decodeMs > 0 ? ((outputTokens - 1) / decodeMs) * 1_000 : 0,
      },
    });
  });
}
