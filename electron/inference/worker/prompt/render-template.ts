import { createContext, Script } from 'node:vm';
import { AppError } from '../../../shared/app-error.ts';
import type { FormatTurn } from './chat-format.ts';
import type { PromptSegment } from './prompt-segment.ts';

/** A template from a file may loop for ever; a real one takes a few milliseconds. */
const timeLimitMs = 1_000;
/** Far above any real prompt's markup; a template that multiplies text stops here. */
const longestMarkupCharacters = 1_000_000;

/** Text of the model's own begin and end tokens, which templates write out; empty where a model has none. */
export type TemplateTokens = { readonly bosText: string; readonly eosText: string };

/** Renders a chat template of an unknown family. Loaded once per model. */
export type TemplateRenderer = (turns: readonly FormatTurn[]) => readonly PromptSegment[];

/**
 * Prepares a template from a model file (Jinja as used by Hugging Face). The turns' texts never enter the template: it
 * places stand-ins, which are replaced afterwards, so that no text of the user's becomes markup. Throws
 * `template/failed` for one that cannot be parsed.
 */
export async function createTemplateRenderer(template: string, tokens: TemplateTokens): Promise<TemplateRenderer> {
  const { Template } = await import('@huggingface/jinja');
  const parsed = withinTime(() => new Template(template));
  const render = (turns: readonly FormatTurn[]): string =>
    withinTime(() =>
      parsed.render({
        messages: turns.map((turn, index) => ({ role: turn.role, content: standIn(index) })),
        add_generation_prompt: turns.at(-1)?.role !== 'assistant',
        continue_final_message: turns.at(-1)?.role === 'assistant',
        bos_token: tokens.bosText,
        eos_token: tokens.eosText,
        enable_thinking: false,
        tools: null,
      }),
    );
  return (turns) => {
    try {
      return splitAtStandIns(render(turns), turns);
    } catch (error) {
      const merged = withoutSystemTurns(turns);
      if (merged.length === turns.length || isTimeout(error)) throw error;
      // Many templates refuse a system role; its text then goes before the first user turn.
      return splitAtStandIns(render(merged), merged);
    }
  };
}

/** Letters only, because templates trim, and split at punctuation; U+E000 and U+E001 are private and in no real template. */
function standIn(index: number): string {
  return `\uE000turn${index}\uE001`;
}

function splitAtStandIns(rendered: string, turns: readonly FormatTurn[]): readonly PromptSegment[] {
  if (rendered.length > longestMarkupCharacters) {
    throw new AppError('template/failed', 'the chat template writes too much', { characters: rendered.length });
  }
  const pieces = rendered.split(/\uE000turn(\d+)\uE001/);
  const lastTurn = turns.length - 1;
  const segments: PromptSegment[] = [];
  const seen: number[] = [];
  for (const [position, piece] of pieces.entries()) {
    if (position % 2 === 0) {
      segments.push({ kind: 'markup', text: piece });
      continue;
    }
    const turn = turns[Number(piece)];
    if (turn === undefined) throw new AppError('template/failed', 'the chat template made up a turn');
    seen.push(Number(piece));
    segments.push({ kind: 'content', text: turn.text, role: turn.role });
  }
  if (seen.length !== turns.length || seen.some((index, position) => index !== position)) {
    throw new AppError('template/failed', 'the chat template leaves out or repeats a turn', { turns: turns.length });
  }
  // An answer to be continued stays open: what the template writes after it is its end mark.
  if (turns[lastTurn]?.role === 'assistant') segments.pop();
  return segments;
}

function withoutSystemTurns(turns: readonly FormatTurn[]): readonly FormatTurn[] {
  const system = turns.filter((turn) => turn.role === 'system').map((turn) => turn.text);
  const others = turns.filter((turn) => turn.role !== 'system');
  const [first, ...rest] = others;
  if (system.length === 0 || first === undefined) return turns;
  return [{ ...first, text: [...system, first.text].join('\n\n') }, ...rest];
}

/** Runs synchronous work under V8's own time limit, which also ends loops that never yield. */
function withinTime<T>(work: () => T): T {
  let result: { readonly value: T } | undefined;
  const context = createContext({
    work: () => {
      result = { value: work() };
    },
  });
  try {
    new Script('work()').runInContext(context, { timeout: timeLimitMs });
  } catch (error) {
    if (isTimeout(error)) {
      throw new AppError(
        'template/timeout',
        'the chat template did not finish in time',
        { limitMs: timeLimitMs },
        { cause: error },
      );
    }
    if (AppError.isInstance(error)) throw error;
    // The message of a template's own exception may quote the template, never a turn: turns are stand-ins here.
    throw new AppError('template/failed', 'the chat template failed', {}, { cause: error });
  }
  if (result === undefined) throw new AppError('template/failed', 'the chat template did not run');
  return result.value;
}

function isTimeout(error: unknown): boolean {
  if (AppError.isInstance(error)) return error.code === 'template/timeout';
  // By shape: the error is made in the realm that the time ran out in.
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
