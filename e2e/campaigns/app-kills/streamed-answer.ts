import type { AppClient } from '../../../electron/app/app-client.ts';
import type { AnswerPart } from '../../../electron/shared/answer-part.ts';
import type { ConversationId, MessageId, RunId } from '../../../electron/shared/ids.ts';
import { messageText } from '../../../electron/shared/message.ts';

type Delta = { readonly at: number; readonly length: number };

/** An answer as its client saw it grow. */
export type StreamedAnswer = {
  readonly conversationId: ConversationId;
  readonly answerId: MessageId;
  /** Everything that was seen: a run that continues tells first what was there. */
  text: string;
  /** When each piece came, by the client's monotonic clock in milliseconds, and how long the text then was. */
  readonly deltas: Delta[];
  hasEnded: boolean;
};

/** What a kill left of it. */
export type StreamLoss = {
  /** From the arrival of the first piece that is lost to the kill; 0 when nothing is lost. */
  readonly lostMs: number;
  readonly lostCharacters: number;
  readonly problems: readonly string[];
};

/** Notes what comes until the run ends or the host is gone. `onDelta` is called after each piece. */
export async function watchAnswer(
  client: AppClient,
  runId: RunId,
  answer: StreamedAnswer,
  onDelta: () => void,
): Promise<void> {
  for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
    note(part, answer);
    if (part.type === 'text-delta') onDelta();
  }
}

function note(part: AnswerPart, answer: StreamedAnswer): void {
  if (part.type === 'run-end' || part.type === 'run-error') answer.hasEnded = true;
  if (part.type !== 'text-delta') return;
  answer.text += part.text;
  answer.deltas.push({ at: performance.now(), length: answer.text.length });
}

/** Compares what was seen before the kill with what is kept. */
export async function examineAnswer(client: AppClient, answer: StreamedAnswer, killedAt: number): Promise<StreamLoss> {
  const kept = (await client.conversations.branch({ tipId: answer.answerId })).at(-1);
  if (kept?.id !== answer.answerId)
    return { lostMs: 0, lostCharacters: 0, problems: ['An answer that had begun is gone'] };
  const text = messageText(kept);
  const problems: string[] = [];
  if (!answer.hasEnded && kept.status !== 'interrupted') problems.push(`A cut answer is marked ${kept.status}`);
  if (kept.runId !== null) problems.push('A cut answer still names its run');
  if (!text.startsWith(answer.text) && !answer.text.startsWith(text)) {
    problems.push(`A cut answer has other words: "${text.slice(-80)}" instead of "${answer.text.slice(-80)}"`);
  }
  const firstLost = answer.deltas.find(({ length }) => length > text.length);
  return {
    lostMs: firstLost === undefined ? 0 : Math.max(0, killedAt - firstLost.at),
    lostCharacters: Math.max(0, answer.text.length - text.length),
    problems,
  };
}
