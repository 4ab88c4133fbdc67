import type { MessagePart } from '../../../shared/message.ts';

/** Characters that one message may have, as one that is written in Sotto. */
export const messageCharacterLimit = 2_000_000;

/** Characters of all that the parts say. */
export function charactersOf(parts: readonly MessagePart[]): number {
  return parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);
}
