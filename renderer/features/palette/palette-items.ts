import type { LucideIcon } from 'lucide-react';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import type { MessageHit } from '../../../electron/shared/message-search.ts';

/** Something that can be done from the palette. */
export type Command = {
  readonly id: string;
  readonly label: string;
  /** Other words by which people look for it. */
  readonly keywords: string;
  readonly icon: LucideIcon;
  /** Its own keys, where it has some. */
  readonly keys?: string;
  readonly run: () => void;
};

export type PaletteItem =
  | { readonly kind: 'conversation'; readonly key: string; readonly conversation: Conversation }
  | { readonly kind: 'command'; readonly key: string; readonly command: Command }
  | { readonly kind: 'message'; readonly key: string; readonly hit: MessageHit }
  | { readonly kind: 'all'; readonly key: string; readonly query: string };

export type PaletteGroup = {
  readonly name: 'recent' | 'chats' | 'commands' | 'messages';
  readonly items: readonly PaletteItem[];
};

export type PaletteItemsOptions = {
  readonly query: string;
  readonly conversations: readonly Conversation[];
  readonly commands: readonly Command[];
  readonly hits: readonly MessageHit[];
};

const shownConversations = 6;

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** True where every word of the query stands in the text, whatever the case and the accents. */
export function matchesWords(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** What the palette offers for what was typed so far; groups without anything are left out. */
export function paletteGroups({ query, conversations, commands, hits }: PaletteItemsOptions): readonly PaletteGroup[] {
  const wanted = query.trim();
  const found = conversations.filter(({ title, isArchived }) =>
    wanted === '' ? !isArchived && title !== '' : title !== '' && matchesWords(title, wanted),
  );
  const offered = commands.filter(({ label, keywords }) => matchesWords(`${label} ${keywords}`, wanted));
  const messages = hits.filter(({ messageId }) => messageId !== null);
  const groups: readonly PaletteGroup[] = [
    {
      name: wanted === '' ? 'recent' : 'chats',
      items: found
        .slice(0, shownConversations)
        .map((conversation) => ({ kind: 'conversation', key: `chat-${conversation.id}`, conversation })),
    },
    { name: 'commands', items: offered.map((command) => ({ kind: 'command', key: `command-${command.id}`, command })) },
    {
      name: 'messages',
      items:
        wanted === ''
          ? []
          : [
              ...messages.map((hit): PaletteItem => ({ kind: 'message', key: `message-${hit.messageId}`, hit })),
              { kind: 'all', key: 'all', query: wanted },
            ],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
