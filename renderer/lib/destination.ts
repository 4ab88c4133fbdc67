import { createContext, use } from 'react';
import type {
  CollectionId,
  ConversationId,
  LedgerEntryId,
  MessageId,
  ModelId,
  SummaryId,
} from '../../electron/shared/ids.ts';

/** The groups of the settings, in their order on the page. */
export const settingsSections = ['general', 'models', 'documents', 'privacy', 'shortcuts', 'advanced'] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Every place of the window that something else may lead to. */
export type Destination =
  | { readonly page: 'new-chat' }
  | { readonly page: 'chat'; readonly conversationId: ConversationId; readonly messageId?: MessageId }
  | { readonly page: 'documents'; readonly collectionId?: CollectionId }
  | { readonly page: 'summaries' }
  | { readonly page: 'summary'; readonly summaryId: SummaryId }
  | { readonly page: 'models' }
  | { readonly page: 'model'; readonly modelId: ModelId }
  | { readonly page: 'model-search' }
  | { readonly page: 'privacy'; readonly entryId?: LedgerEntryId }
  | { readonly page: 'settings'; readonly section?: SettingsSection }
  /** Outside the frame of the other pages: gone to by the address itself. */
  | { readonly page: 'quick-ask' }
  /** The query is handed over in memory: it is no part of the address. */
  | { readonly page: 'search'; readonly query: string };

/** The part of the address after `#`. */
export function pathOf(destination: Destination): string {
  switch (destination.page) {
    case 'new-chat':
      return '/';
    case 'chat':
      return destination.messageId === undefined
        ? `/chats/${destination.conversationId}`
        : `/chats/${destination.conversationId}?message=${destination.messageId}`;
    case 'summary':
      return `/summaries/${destination.summaryId}`;
    case 'model':
      return `/models/${destination.modelId}`;
    case 'model-search':
      return '/models/search';
    case 'settings':
      return destination.section === undefined ? '/settings' : `/settings?section=${destination.section}`;
    case 'documents':
      return destination.collectionId === undefined
        ? '/documents'
        : `/documents?collection=${destination.collectionId}`;
    case 'privacy':
      return destination.entryId === undefined ? '/privacy' : `/privacy?entry=${destination.entryId}`;
    case 'summaries':
    case 'models':
    case 'quick-ask':
    case 'search':
      return `/${destination.page}`;
  }
}

/** For a link: `<a href={addressOf({ page: 'models' })}>`. */
export function addressOf(destination: Destination): string {
  return `#${pathOf(destination)}`;
}

/** Goes somewhere; the router, which only the app's own folder knows, is behind it. */
export const GoContext = createContext<(destination: Destination) => void>(() => undefined);

export function useGo(): (destination: Destination) => void {
  return use(GoContext);
}
