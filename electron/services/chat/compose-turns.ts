import type { ChatTurn } from '../../inference/engine.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';

/**
 * A branch, oldest first, as a model reads it: the system prompt unless it is empty, then what was said. Messages
 * without text (a failed answer) are left out, and neighbours of one role become one turn, since many chat templates
 * refuse two of a kind in a row.
 */
export function composeTurns(systemPrompt: string, branch: readonly Message[]): readonly ChatTurn[] {
  const turns: ChatTurn[] = systemPrompt.trim() === '' ? [] : [{ role: 'system', text: systemPrompt }];
  for (const message of branch) {
    const text = messageText(message);
    const last = turns.at(-1);
    if (text === '') continue;
    if (last?.role === message.role) turns[turns.length - 1] = { role: last.role, text: `${last.text}\n\n${text}` };
    else turns.push({ role: message.role, text });
  }
  return turns;
}
