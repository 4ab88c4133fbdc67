import type { ConversationId, RunId } from '../../shared/ids.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Usage } from '../../shared/usage.ts';
import type { BenchSurroundings } from './bench-surroundings.ts';

/** An answer with the times at which its reader saw it, in milliseconds from the call. */
export type TimedAnswer = {
  readonly conversationId: ConversationId;
  readonly firstTextMs: number;
  readonly lastTextMs: number;
  readonly endMs: number;
  /** What came with the first part, which may be more than one token. */
  readonly firstText: string;
  readonly usage: Usage | null;
};

type Request = {
  readonly text: string;
  readonly conversationId?: ConversationId;
  /** Called at each piece of text and of progress, with how many pieces of text there were. */
  readonly onPart?: (run: { readonly runId: RunId; readonly texts: number }) => void;
};

/** Sends a message through the contract and reads its answer to the end. Throws the AppError of an answer that failed. */
export async function timeAnswer(request: Request, { client, signal }: BenchSurroundings): Promise<TimedAnswer> {
  const { text, conversationId, onPart } = request;
  const startedAt = performance.now();
  const since = (): number => performance.now() - startedAt;
  const started = await client.chat.send({ text, ...(conversationId === undefined ? {} : { conversationId }) });
  const answer = { firstTextMs: Number.NaN, lastTextMs: Number.NaN, firstText: '', texts: 0 };
  let usage: Usage | null = null;
  for await (const part of await client.runs.follow({ runId: started.runId, afterSequence: -1 }, { signal })) {
    if (part.type === 'run-error') throw AppError.fromData(part.error);
    if (part.type === 'run-end') usage = part.usage;
    if (part.type === 'text-delta') {
      answer.lastTextMs = since();
      if (answer.texts === 0) Object.assign(answer, { firstTextMs: answer.lastTextMs, firstText: part.text });
      answer.texts += 1;
    }
    if (part.type === 'text-delta' || part.type === 'progress') onPart?.({ runId: started.runId, texts: answer.texts });
  }
  const { texts: _texts, ...times } = answer;
  return { ...times, endMs: since(), conversationId: started.conversationId, usage };
}
