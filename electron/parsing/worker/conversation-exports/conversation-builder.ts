import { createHash } from 'node:crypto';
import { conversationOptionsSchema } from '../../../shared/conversation.ts';
import { messageText } from '../../../shared/message.ts';
import type { MessagePart } from '../../../shared/message.ts';
import type { ImportedMessage } from '../../protocol/export-protocol.ts';
import { leftOutWhole } from './converted.ts';
import type { Converted, SkipReason } from './converted.ts';
import { charactersOf, messageCharacterLimit } from './message-size.ts';
import { buildMessageTree } from './message-tree.ts';
import type { Entry } from './message-tree.ts';

/** Characters that are read of a title, or of the name of a model. */
const nameLimit = 500;
/** Messages that one conversation may have. */
const messageLimit = 100_000;

/** What a conversation of another program says about itself. */
export type ForeignConversation = {
  /** Null where its program gives it no name of its own. */
  readonly id: string | null;
  readonly title: string;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly isArchived?: boolean;
  readonly isPinned?: boolean;
  /** Key of the entry that the shown branch ends with; null for the last one. */
  readonly currentKey: string | null;
};

/** What a converter found in one entry. */
export type FoundEntry = Omit<Entry, 'said'> & {
  readonly role: 'user' | 'assistant' | 'other';
  readonly parts: readonly MessagePart[];
  readonly modelName: string | null;
};

/** The first line that says something, for a conversation without a title. */
function firstWords(messages: readonly ImportedMessage[]): string {
  const text =
    messages.map((message) => messageText(message).slice(0, 2_000).trim()).find((words) => words !== '') ?? '';
  const letters = Array.from(text.split('\n')[0]?.trim() ?? '');
  return letters.length <= 60 ? letters.join('') : `${letters.slice(0, 60).join('').trimEnd()}…`;
}

/** For a conversation without an id: what does not change while it goes on. */
function fingerprint({ title, createdAt }: ForeignConversation, messages: readonly ImportedMessage[]): string {
  const first = messages[0] === undefined ? '' : messageText(messages[0]);
  return createHash('sha256')
    .update(JSON.stringify([createdAt, createdAt === null ? title : '', first]))
    .digest('hex');
}

/** Gathers the entries of one conversation of another program and makes a conversation of them. */
export class ConversationBuilder {
  readonly #entries = new Map<string, Entry>();
  readonly #leftOut = new Map<SkipReason, number>();

  /** Something beside the messages that is left out. */
  leaveOut(reason: SkipReason, count = 1): void {
    if (count > 0) this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + count);
  }

  /** An entry in the order of the export; one whose key was there already takes the other's place. */
  add({ role, parts, modelName, ...place }: FoundEntry): void {
    const words = parts.filter(
      (part) => (part.type !== 'text' && part.type !== 'reasoning') || part.text.trim() !== '',
    );
    if (role === 'other') {
      if (words.length > 0) this.leaveOut('system-message');
      this.#entries.set(place.key, { ...place, said: null });
    } else if (charactersOf(words) > messageCharacterLimit) {
      this.leaveOut('too-large');
      this.#entries.set(place.key, { ...place, said: null });
    } else {
      this.#entries.set(place.key, {
        ...place,
        said: words.length === 0 ? null : { role, parts: words, modelName: modelName?.slice(0, nameLimit) ?? null },
      });
    }
  }

  /** The conversation, or why it is left out. */
  build(about: ForeignConversation): Converted {
    const title = about.title.slice(0, nameLimit).trim();
    const tree = buildMessageTree(this.#entries, about.currentKey);
    if (tree === null) return leftOutWhole('broken-conversation', title);
    const { messages, tipKey } = tree;
    const leftOut = [...this.#leftOut].map(([reason, count]) => ({ reason, count }));
    if (messages.length === 0) {
      // A message that was too large is the reason why nothing is left; the emptiness follows from it.
      const isSaid = this.#leftOut.has('too-large');
      return {
        conversation: null,
        messages,
        leftOut: isSaid ? leftOut : [...leftOut, { reason: 'empty-conversation', count: 1 }],
        title,
      };
    }
    if (messages.length > messageLimit) return leftOutWhole('too-large', title);
    const { id, createdAt, updatedAt, isArchived = false, isPinned = false } = about;
    return {
      conversation: {
        sourceId: id ?? fingerprint(about, messages),
        title: title || firstWords(messages),
        tipKey,
        documentIds: [],
        collectionIds: [],
        folder: null,
        isPinned,
        isArchived,
        isPrivate: false,
        isLocalOnly: false,
        options: conversationOptionsSchema.parse({}),
        createdAt,
        updatedAt,
      },
      messages,
      leftOut,
      title,
    };
  }
}
