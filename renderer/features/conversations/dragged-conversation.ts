import type { DragEvent } from 'react';
import { conversationIdSchema } from '../../../electron/shared/ids.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';

/** A kind of its own, so that nothing else takes a conversation for a file or a link. */
const kind = 'application/x-sotto-conversation';

export function startDragging(event: DragEvent, id: ConversationId): void {
  event.dataTransfer.clearData();
  event.dataTransfer.setData(kind, id);
  event.dataTransfer.effectAllowed = 'move';
}

export const isConversation = (event: DragEvent): boolean => event.dataTransfer.types.includes(kind);

export function droppedConversation(event: DragEvent): ConversationId | null {
  return conversationIdSchema.safeParse(event.dataTransfer.getData(kind)).data ?? null;
}
