import type { ModelProvider } from '../../providers/model-provider.ts';
import { fillPrompt } from '../../providers/prompt-template.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import type { SaidTurn } from './compose-turns.ts';
import { summaryLimit } from './plan-history.ts';
import type { TokenCounter } from './token-counter.ts';

/** What is to be summarised. */
export type SummaryTask = {
  readonly conversationId: ConversationId;
  /** What stands for the turns before `turns`; empty for none. */
  readonly summary: string;
  /** Oldest first. */
  readonly turns: readonly SaidTurn[];
  readonly contextTokens: number;
  /** Of the prompt file. */
  readonly template: string;
};

/** What it is done with. */
export type SummaryParts = {
  readonly messages: Pick<MessageRepository, 'putHistorySummary'>;
  readonly provider: ModelProvider;
  readonly counter: TokenCounter;
  readonly answer: Pick<GrowingAnswer, 'write'>;
};

/** Pieces that the model is asked to read at most, unless there are more turns than fit by their first words. */
const pieceLimit = 4;
/** Characters that a turn is cut to: enough for what it is about, however long it is. */
const [fewestCharacters, mostCharacters] = [200, 4_000];
/** A token is about this many characters at least, so that what is cut by characters fits by tokens. */
const charactersPerToken = 3;
/** A low one: a record is no place for ideas. */
const sampling = { temperature: 0.2 } as const;

const speaker = { user: 'User', assistant: 'Assistant' } as const;

/** Beginning and end of a turn, which say most about it. */
function excerpt({ role, text }: SaidTurn, characters: number): string {
  const short =
    text.length <= characters
      ? text
      : `${text.slice(0, Math.ceil(characters * 0.75))} … ${text.slice(text.length - Math.floor(characters * 0.25))}`;
  return `${speaker[role]}: ${short.toWellFormed()}`;
}

type Piece = { readonly text: string; readonly last: SaidTurn };

/** The turns in as few pieces as fit the window, each with the turn that it reaches to. */
async function piecesOf(task: SummaryTask, counter: TokenCounter, signal: AbortSignal): Promise<readonly Piece[]> {
  const { turns, contextTokens, template } = task;
  const [promptTokens = 0] = await counter.count([template], contextTokens, signal);
  // Room for the old record and the new one, and for what the chat template adds.
  const roomTokens = Math.max(128, contextTokens - promptTokens - 2 * summaryLimit(contextTokens) - 64);
  const share = Math.floor((pieceLimit * roomTokens * charactersPerToken) / Math.max(1, turns.length));
  const most = Math.min(mostCharacters, roomTokens * charactersPerToken - 16);
  const texts = turns.map((turn) => excerpt(turn, Math.max(fewestCharacters, Math.min(most, share))));
  const tokens = await counter.count(texts, contextTokens, signal);
  const pieces: Piece[] = [];
  let used = 0;
  for (const [index, turn] of turns.entries()) {
    const cost = (tokens[index] ?? 0) + 2;
    const before = pieces.at(-1);
    const text = texts[index] ?? '';
    if (before === undefined || used + cost > roomTokens) {
      pieces.push({ text, last: turn });
      used = cost;
    } else {
      pieces[pieces.length - 1] = { text: `${before.text}\n\n${text}`, last: turn };
      used += cost;
    }
  }
  return pieces;
}

async function write(task: SummaryTask, piece: string, summary: string, parts: SummaryParts, signal: AbortSignal) {
  const turns = fillPrompt(task.template, { summary: summary === '' ? '-' : summary, turns: piece });
  let text = '';
  const request = {
    conversationKey: `${task.conversationId}:summary`,
    turns,
    sampling,
    maxTokens: summaryLimit(task.contextTokens),
    priority: 'interactive',
  } as const;
  for await (const part of parts.provider.stream(request, signal)) {
    if (part.type === 'text-delta') text += part.text;
  }
  // A stream that was stopped ends without an error; half a record must not be kept as a whole one.
  signal.throwIfAborted();
  return text.trim();
}

/**
 * The record of the turns, written by the model and stored after every piece, so that no turn is read twice, whatever
 * ends this. Empty when the model says nothing.
 */
export async function summariseHistory(task: SummaryTask, parts: SummaryParts, signal: AbortSignal): Promise<string> {
  const pieces = await piecesOf(task, parts.counter, signal);
  let { summary } = task;
  for (const [index, { text, last }] of pieces.entries()) {
    const progress = { phase: 'summarising', done: index, total: pieces.length, remainingMs: null } as const;
    parts.answer.write({ type: 'progress', ...progress });
    const next = await write(task, text, summary, parts, signal);
    if (next === '') continue;
    summary = next;
    const { conversationId } = task;
    await parts.messages.putHistorySummary({ conversationId, messageId: last.messageId, text: summary });
  }
  return summary;
}
