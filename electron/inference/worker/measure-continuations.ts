import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { MeasureCommand } from '../protocol/engine-command.ts';
import type { ChatModel } from './chat-model.ts';
import { reusePrefix } from './lane-pool.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { prefill } from './prefill.ts';
import type { ComputeScheduler, ComputeTurn } from './scheduler.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** What measuring computes with: one loaded model, the turn-taking, the threads. */
export type MeasureParts = {
  readonly runtime: LlamaRuntime;
  readonly scheduler: ComputeScheduler;
  readonly chat: ChatModel;
};

/** What a step between two pauses should take. */
const targetStepMs = 200;
/** Each probability comes as a table of the whole vocabulary, so a step holds few of them. */
const mostTokensPerStep = 8;
const firstTokensPerStep = 2;
/** Fewer prompt tokens say nothing about the pace of prefill. */
const tellingTokens = 24;
/** Logarithm of the smallest number that the library's probabilities can hold, for those that it rounds to nothing. */
const leastLogProbability = Math.log(2 ** -149);

/**
 * Measures how likely the model holds each continuation after the prompt. The prompt is evaluated once, less what the
 * lane has evaluated of it already; each continuation starts from its end. Throws `prompt/too-long` with `promptTokens`
 * (the longest continuation counted in) and `contextTokens`, and what writing the prompt throws.
 */
export async function measureContinuations(parts: MeasureParts, command: MeasureCommand, work: Work): Promise<void> {
  const { chat } = parts;
  const prompt = chat.prompts.write(command.turns);
  const texts = command.continuations.map((text) => chat.model.tokenize(text, false, 'trimLeadingSpace'));
  const wholeTokens = prompt.length + Math.max(...texts.map(({ length }) => length));
  if (wholeTokens >= chat.contextTokens) {
    throw new AppError('prompt/too-long', 'the prompt and its continuation do not fit in the context window', {
      promptTokens: wholeTokens,
      contextTokens: chat.contextTokens,
    });
  }
  const { priority } = command;
  const request = { priority, neededTokens: wholeTokens + 1, signal: work.signal };
  await chat.measuring.use(request, async ({ sequence }) => {
    await withTurn(parts.scheduler, work, { priority, phase: () => 'prefill' }, async (turn) => {
      const meter = new ContinuationMeter({ runtime: parts.runtime, sequence, prompt, turn, work });
      const continuations = await meter.measure(texts);
      work.emit({ type: 'measured', id: work.id, continuations });
    });
  });
}

type MeterOptions = {
  readonly runtime: LlamaRuntime;
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  readonly turn: ComputeTurn;
  readonly work: Work;
};

/** Measures texts after one prompt in one lane. */
class ContinuationMeter {
  readonly #options: MeterOptions;
  #tokensPerStep = firstTokensPerStep;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  async measure(texts: readonly (readonly Token[])[]): Promise<{ readonly logProbabilities: number[] }[]> {
    const firsts = new Set(texts.flatMap((tokens) => tokens.slice(0, 1)));
    const afterPrompt = await this.#evaluatePrompt(firsts);
    const measured: { readonly logProbabilities: number[] }[] = [];
    for (const tokens of texts) {
      const logProbabilities = tokens.slice(0, 1).map((token) => afterPrompt.get(token) ?? leastLogProbability);
      if (tokens.length > 1) logProbabilities.push(...(await this.#measureRest(tokens)));
      measured.push({ logProbabilities });
    }
    return measured;
  }

  /** Evaluates what is left of the prompt; returns the log-probabilities of these tokens to be the next. */
  async #evaluatePrompt(wanted: ReadonlySet<Token>): Promise<ReadonlyMap<Token, number>> {
    const { sequence, prompt } = this.#options;
    await this.#pause();
    const reused = await reusePrefix(sequence, prompt);
    const before = await this.#prefill(prompt.slice(reused, -1));
    const last = prompt.at(-1);
    if (last === undefined) throw new Error('a prompt has at least one token');
    this.#useThreads();
    const [result] = (await sequence.controlledEvaluate([...before, [last, everyProbability]])).slice(-1);
    return logProbabilitiesOf(result?.next.probabilities, wanted);
  }

  /** Log-probabilities of a text's tokens after its first. */
  async #measureRest(tokens: readonly Token[]): Promise<readonly number[]> {
    const { sequence } = this.#options;
    await this.#returnToPrompt();
    const logProbabilities: number[] = [];
    let done = 0;
    while (done < tokens.length - 1) {
      await this.#pause();
      const step = tokens.slice(done, Math.min(done + this.#tokensPerStep, tokens.length - 1));
      this.#useThreads();
      const startedAtMs = performance.now();
      const results = await sequence.controlledEvaluate(step.map((token) => [token, everyProbability]));
      for (const [index, result] of results.entries()) {
        const next = tokens[done + index + 1];
        if (next === undefined) break;
        const found = logProbabilitiesOf(result?.next.probabilities, new Set([next]));
        logProbabilities.push(found.get(next) ?? leastLogProbability);
      }
      done += step.length;
      this.#sizeSteps((performance.now() - startedAtMs) / step.length);
    }
    return logProbabilities;
  }

  /** Forgets what was evaluated after the prompt. A model that cannot forget a part evaluates the prompt again. */
  async #returnToPrompt(): Promise<void> {
    const { sequence, prompt } = this.#options;
    await sequence.adaptStateToTokens([...prompt], false);
    const missing = prompt.slice(sequence.nextTokenIndex);
    if (missing.length === 0) return;
    const rest = await this.#prefill(missing);
    this.#useThreads();
    if (rest.length > 0) await sequence.evaluateWithoutGeneratingNewTokens(rest);
  }

  /** Evaluates tokens in batches; returns the few that are left for the next step. */
  async #prefill(tokens: readonly Token[]): Promise<Token[]> {
    const { runtime, sequence, turn, work } = this.#options;
    const onProgress = (): void => enterPhase(work, 'prefill');
    const rest = await prefill(runtime, sequence, tokens, { turn, onProgress });
    if (rest.length < tellingTokens) return rest;
    // By itself, so that the choice of threads learns from its pace.
    runtime.llama.maxThreads = runtime.tuner.next('prefill').threads;
    const startedAtMs = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(rest);
    runtime.tuner.measured('prefill', rest.length, performance.now() - startedAtMs);
    return [];
  }

  #useThreads(): void {
    const { runtime } = this.#options;
    runtime.llama.maxThreads = runtime.tuner.chosen('prefill');
  }

  async #pause(): Promise<void> {
    const { turn, work } = this.#options;
    await turn.pause();
    enterPhase(work, 'prefill');
  }

  #sizeSteps(tokenMs: number): void {
    const tokens = Math.floor(targetStepMs / Math.max(1, tokenMs));
    this.#tokensPerStep = Math.max(1, Math.min(tokens, mostTokensPerStep));
  }
}

/** Temperature 0 leaves the model's own distribution over the whole vocabulary as it is. */
const everyProbability = { generateNext: { probabilities: true, options: { temperature: 0 } } } as const;

/**
 * Log-probabilities of the wanted tokens. The library sums tens of thousands of small floats, which is off by one part in
 * ten thousand, so they are summed again here.
 */
function logProbabilitiesOf(
  probabilities: ReadonlyMap<Token, number> | undefined,
  wanted: ReadonlySet<Token>,
): ReadonlyMap<Token, number> {
  if (probabilities === undefined) throw new Error('the library gave no probabilities');
  let sum = 0;
  for (const probability of probabilities.values()) sum += probability;
  const logSum = Math.log(sum);
  const found = new Map<Token, number>();
  for (const token of wanted) {
    const probability = probabilities.get(token) ?? 0;
    found.set(token, probability > 0 ? Math.min(0, Math.log(probability) - logSum) : leastLogProbability);
  }
  return found;
}
