import type { ChatTurn } from '../../inference/engine.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';

/**
 * A branch, oldest first, one turn a message: the system prompt unless it is empty, then what was said. Messages without
 * text (a failed answer) are left out.
 */
export function composeTurns(systemPrompt: string, branch: readonly Message[]): readonly ChatTurn[] {
  const said = branch.map((message): ChatTurn => ({ role: message.role, text: messageText(message) }));
  const system: readonly ChatTurn[] = systemPrompt.trim() === '' ? [] : [{ role: 'system', text: systemPrompt }];
  return [...system, ...said.filter(({ text }) => text !== '')];
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
