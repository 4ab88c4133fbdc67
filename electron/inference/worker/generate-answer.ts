import type { LlamaGrammarEvaluationState, Token } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { GenerateCommand } from '../protocol/engine-command.ts';
import type { WorkPhase } from '../protocol/engine-event.ts';
import type { ChatModel } from './chat-model.ts';
import { DecodeClock } from './decode-clock.ts';
import type { Lane, LentLane } from './lane-pool.ts';
import { reusePrefix } from './lane-pool.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { prefill } from './prefill.ts';
import { loadState } from './saved-state/load-state.ts';
import { ReasoningSplitter } from './reasoning-splitter.ts';
import type { Stretch } from './reasoning-splitter.ts';
import { evaluateOptions } from './sampling-options.ts';
import type { ComputeScheduler, ComputeTurn } from './scheduler.ts';
import { TextEmitter } from './text-emitter.ts';
import type { Work } from './work.ts';
import { enterPhase, withTurn } from './work.ts';

/** What an answer is computed with: one loaded model, the turn-taking, the threads. */
export type GenerateParts = {
  readonly runtime: LlamaRuntime;
  readonly scheduler: ComputeScheduler;
  readonly chat: ChatModel;
};

/**
 * Answers a message list: renders the prompt, reuses what the lane has evaluated of it, evaluates the rest, then
 * generates token by token. Throws `prompt/too-long` with `promptTokens` and `contextTokens`, `prompt/empty`,
 * `template/*`, `app/invalid-input` for a JSON schema that no grammar can be made of.
 */
export async function generateAnswer(parts: GenerateParts, command: GenerateCommand, work: Work): Promise<void> {
  const first = writePrompt(parts.chat, command);
  const grammar = await createGrammar(parts, command.jsonSchema);
  let phase: WorkPhase = 'prefill';
  const { priority, conversationKey } = command;
  const neededTokens = first.prompt.length + first.maxTokens + 1;
  await parts.chat.lanes.use({ priority, conversationKey, neededTokens, signal: work.signal }, async (lane) => {
    // The state brings along how its answers were tokenised.
    const hasLoaded = await loadOwnState(parts.chat, command, lane, work);
    const { prompt, maxTokens } = hasLoaded ? writePrompt(parts.chat, command) : first;
    await withTurn(parts.scheduler, work, { priority: command.priority, phase: () => phase }, async (turn) => {
      const reused = await reusePrefix(lane.sequence, prompt);
      lane.hold(conversationKey);
      const onProgress = (done: number): void =>
        work.emit({ type: 'prefill-progress', id: work.id, done: reused + done, total: prompt.length, reused });
      onProgress(0);
      const rest = await prefill(parts.runtime, lane.sequence, prompt.slice(reused), {
        turn,
        onProgress: (progress) => onProgress(progress.done),
      });
      phase = 'token';
      const answer = await decode({ ...parts, command, work, lane, turn, rest, grammar, maxTokens });
      work.emit({
        type: 'generate-end',
        id: work.id,
        reason: answer.reason,
        usage: { inputTokens: prompt.length, reusedTokens: reused, ...answer.usage },
      });
    });
  });
}

type WrittenPrompt = { readonly prompt: Token[]; readonly maxTokens: number };

function writePrompt({ prompts, contextTokens }: ChatModel, { turns, maxTokens }: GenerateCommand): WrittenPrompt {
  const prompt = prompts.write(turns);
  // The library would silently drop the oldest tokens once the context is full; one place is kept free to stay below.
  const roomTokens = contextTokens - 1 - prompt.length;
  if (roomTokens < 1) {
    throw new AppError('prompt/too-long', 'the prompt does not fit in the context window', {
      promptTokens: prompt.length,
      contextTokens,
    });
  }
  return { prompt, maxTokens: Math.min(maxTokens, roomTokens) };
}

/** True when the lane has the conversation's saved state now. */
async function loadOwnState(
  chat: ChatModel,
  { savedState, conversationKey }: GenerateCommand,
  { heldKey, sequence }: LentLane,
  work: Work,
): Promise<boolean> {
  if (savedState === undefined || heldKey === conversationKey) return false;
  enterPhase(work, 'load');
  return await loadState(chat, sequence, savedState, work.signal);
}

type DecodeInput = GenerateParts & {
  readonly command: GenerateCommand;
  readonly work: Work;
  readonly lane: Lane;
  readonly turn: ComputeTurn;
  readonly rest: Token[];
  readonly grammar: LlamaGrammarEvaluationState | null;
  readonly maxTokens: number;
};

type DecodeResult = {
  readonly reason: 'complete' | 'length';
  readonly usage: {
    readonly outputTokens: number;
    readonly timeToFirstTokenMs: number | null;
    readonly tokensPerSecond: number | null;
  };
};

async function decode(input: DecodeInput): Promise<DecodeResult> {
  const { chat, work, turn, maxTokens } = input;
  const answer: Token[] = [];
  const clock = new DecodeClock(input.runtime, { receivedAtMs: work.receivedAtMs, restTokens: input.rest.length });
  const sender = new AnswerSender(input);
  let reason: DecodeResult['reason'] = 'complete';
  try {
    clock.begin();
    const options = evaluateOptions(input.command.sampling, answer, input.grammar);
    for await (const token of input.lane.sequence.evaluate(input.rest, options)) {
      clock.computed();
      if (answer.length === 0) enterPhase(work, 'token');
      if (chat.prompts.isEnd(token)) break;
      answer.push(token);
      if (sender.push(token).isStopped) break;
      if (answer.length >= maxTokens) {
        reason = 'length';
        break;
      }
      const waiting = turn.pause();
      if (waiting !== undefined) await clock.outside(waiting);
      clock.begin();
    }
    sender.flush();
  } finally {
    if (sender.spokenText !== null) chat.prompts.remember(sender.spokenText, answer);
  }
  return { reason, usage: { outputTokens: answer.length, ...clock.rates(answer.length) } };
}

/** Sends an answer's text as far as it is certain, and what the model thought before it as such. */
class AnswerSender {
  readonly #work: Work;
  readonly #emitter: TextEmitter<Token>;
  readonly #splitter: ReasoningSplitter | null;
  #unsentTokens = 0;
  /** What was said so far. */
  #text = '';

  constructor(input: DecodeInput) {
    this.#work = input.work;
    this.#emitter = new TextEmitter<Token>(
      (tokens, before) => input.chat.model.detokenize(tokens, false, before),
      stopStringsOf(input),
    );
    const { isExpected, isOpen } = input.chat.prompts.thinking(input.command.turns);
    // A grammar leaves no room for thinking, and what is continued is past it.
    const canThink = isExpected && input.grammar === null && input.command.turns.at(-1)?.role !== 'assistant';
    this.#splitter = canThink ? new ReasoningSplitter({ isOpen }) : null;
  }

  /** The text that the tokens stand for as they are; null when some of them were thoughts, which no later prompt has. */
  get spokenText(): string | null {
    return this.#splitter?.hasReasoning === true ? null : this.#text;
  }

  push(token: Token): { readonly isStopped: boolean } {
    this.#unsentTokens += 1;
    const emission = this.#emitter.push(token);
    this.#send(emission.text);
    return emission;
  }

  flush(): void {
    this.#send(this.#emitter.flush());
    for (const stretch of this.#splitter?.flush() ?? []) this.#emit(stretch);
  }

  #send(delta: string): void {
    if (delta === '') return;
    for (const stretch of this.#splitter?.push(delta) ?? [{ kind: 'text', text: delta } as const]) this.#emit(stretch);
  }

  #emit({ kind, text }: Stretch): void {
    if (kind === 'text') this.#text += text;
    const type = kind === 'text' ? 'text-delta' : 'reasoning-delta';
    this.#work.emit({ type, id: this.#work.id, text, tokens: this.#unsentTokens });
    this.#unsentTokens = 0;
  }
}

function stopStringsOf({ chat, command }: DecodeInput): readonly string[] {
  // A small model that has closed its JSON value often goes on with white space, which the grammar allows.
  const afterJson = command.jsonSchema === undefined ? [] : ['\n\n\n\n'];
  return [...(command.stopStrings ?? []), ...chat.prompts.stopStrings, ...afterJson];
}

async function createGrammar(
  { runtime, chat }: GenerateParts,
  schema: GenerateCommand['jsonSchema'],
): Promise<LlamaGrammarEvaluationState | null> {
  if (schema === undefined) return null;
  try {
    // The library checks the schema itself when it makes the grammar; its type only lists what it can express.
    const grammar = await runtime.llama.createGrammarForJsonSchema(
      schema as Parameters<typeof runtime.llama.createGrammarForJsonSchema>[0],
    );
    return new runtime.library.LlamaGrammarEvaluationState({ model: chat.model, grammar });
  } catch (error) {
    throw new AppError('app/invalid-input', 'no grammar can be made of the JSON schema', {}, { cause: error });
  }
}
