import type { Message } from '../../../../electron/shared/message.ts';

const charactersInLine = 68;
const lineHeight = 26;
const frameHeight = { user: 76, assistant: 96 } as const;
const longestEstimate = 40_000;

/** About how many pixels a message will take: near enough that the scroll bar does not jump when it is drawn. */
export function estimatedHeight({ parts, role }: Pick<Message, 'parts' | 'role'>): number {
  let lines = 0;
  for (const part of parts) {
    if (part.type !== 'text') continue;
    let breaks = 0;
    for (let index = part.text.indexOf('\n'); index >= 0; index = part.text.indexOf('\n', index + 1)) breaks += 1;
    lines += Math.max(part.text.length / charactersInLine, breaks * 0.8);
  }
  return Math.min(longestEstimate, Math.round(frameHeight[role] + lines * lineHeight));
}
