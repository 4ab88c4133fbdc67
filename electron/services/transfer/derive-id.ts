import { createHash } from 'node:crypto';
import { conversationIdSchema, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';

/**
 * A UUIDv7 (RFC 9562, section 5.7) whose 48 bits of time are `createdAt` and whose other bits come from the SHA-256 of
 * `names`: the same for the same record, whenever and wherever it is imported.
 */
function deriveUuid(names: readonly string[], createdAt: number): string {
  const bytes = createHash('sha256').update(JSON.stringify(names)).digest().subarray(0, 16);
  bytes.writeUIntBE(Math.min(Math.max(0, Math.trunc(createdAt)), 2 ** 48 - 1), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = bytes.toString('hex');
  return [0, 8, 12, 16, 20].map((start, index) => digits.slice(start, [8, 12, 16, 20, 32][index])).join('-');
}

/** The id of an imported conversation. `attempt` counts from 0: how many earlier ids belong to a deleted one. */
export function deriveConversationId(
  source: string,
  sourceId: string,
  createdAt: number,
  attempt: number,
): ConversationId {
  return conversationIdSchema.parse(deriveUuid([source, sourceId, String(attempt)], createdAt));
}

/** The id of one of its messages, by the message's key in the export. */
export function deriveMessageId(conversationId: ConversationId, key: string, createdAt: number): MessageId {
  return messageIdSchema.parse(deriveUuid([conversationId, key], createdAt));
}
