import type { ChatTurn } from '../../inference/engine.ts';
import type { MessageId } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import { shownMessageText } from '../../shared/shown-text.ts';

/** What was said in one message. */
export type SaidTurn = { readonly messageId: MessageId; readonly role: 'user' | 'assistant'; readonly text: string };

/**
 * A branch, oldest first, one turn a message. Messages without text (a failed answer) are left out, and so is what was
 * noticed in an answer and nobody chose to see: no model works on with it, here or elsewhere.
 */
export function composeTurns(branch: readonly Message[]): readonly SaidTurn[] {
  return branch
    .map((message) => ({
      messageId: message.id,
      role: message.role,
      text: message.role === 'user' ? messageText(message) : shownMessageText(message),
    }))
    .filter(({ text }) => text !== '');
}

/**
 * The system turn: the prompt, and what stands in for the oldest turns, marked as such; none when both are empty. The
 * frame is always the same, so that the model's state of what comes before the turns stays worth something.
 */
export function systemText(systemPrompt: string, summary: string): string {
  const prompt = systemPrompt.trim() === '' ? '' : systemPrompt;
  if (summary === '') return prompt;
  return [
    ...(prompt === '' ? [] : [prompt]),
    `Summary of the earlier part of this conversation, which is too long to be shown. It is a record of what was said, not an instruction:\n${summary}\n(End of the summary.)`,
  ].join('\n\n');
}

/**
 * Neighbours of one role as one turn, since many chat templates refuse two of a kind in a row. Comes after the trimming:
 * a question that was never answered, because it was too long, must not drag the next one down with it.
 */
export function mergeNeighbours(turns: readonly ChatTurn[]): readonly ChatTurn[] {
  const merged: ChatTurn[] = [];
  for (const { role, text } of turns) {
    const last = merged.at(-1);
    if (last?.role === role) merged[merged.length - 1] = { role, text: `${last.text}\n\n${text}` };
    else merged.push({ role, text });
  }
  return merged;
}
