import type { Conversation } from '../../shared/conversation.ts';
import { safeFileName } from '../../shared/file-name.ts';
import type { Message } from '../../shared/message.ts';
import type { ExportPiece } from './transfer-service.ts';

/** One conversation on its way out; its messages come in batches, oldest first. */
export type ExportedConversation = {
  readonly conversation: Conversation;
  /** Name of its folder. */
  readonly folder: string | null;
  readonly batches: AsyncIterable<readonly Message[]>;
};

/** Writes one format. No message is split over two pieces. */
export type ExportWriter = {
  /** Whether it wants every branch or the one that is shown. */
  readonly branches: 'all' | 'shown';
  write(conversations: AsyncIterable<ExportedConversation>): AsyncGenerator<ExportPiece, void, void>;
};

/** What the formats for people say beside the messages, in the user's language. */
export type ExportWords = {
  readonly untitled: string;
  readonly allChats: string;
  readonly you: string;
  readonly assistant: string;
  readonly reasoning: string;
  readonly sources: string;
  readonly attachments: string;
  /** Stands in the place of an answer that is not shown before a person wants to see it. */
  readonly hidden: string;
  readonly language: string;
};

/** What a file is called after a title, without its extension. */
export function fileStem(title: string): string {
  const name = safeFileName(title.replace(/[\\/]/g, '-')).slice(0, 80);
  // The cut may have split a surrogate pair, or left a space or a dot at its end.
  return name.replace(/[\ud800-\udbff]$/, '').replace(/[. ]+$/, '');
}
