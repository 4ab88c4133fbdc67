import { createContext, use } from 'react';
import type { ConversationId, SummaryId } from '../../electron/shared/ids.ts';

/** Every place of the window that something else may lead to. */
export type Destination =
  | { readonly page: 'new-chat' }
  | { readonly page: 'chat'; readonly conversationId: ConversationId }
  | { readonly page: 'documents' }
  | { readonly page: 'summaries' }
  | { readonly page: 'summary'; readonly summaryId: SummaryId }
  | { readonly page: 'models' }
  | { readonly page: 'privacy' }
  | { readonly page: 'settings' };

/** The part of the address after `#`. */
export function pathOf(destination: Destination): string {
  switch (destination.page) {
    case 'new-chat':
      return '/';
    case 'chat':
      return `/chats/${destination.conversationId}`;
    case 'summary':
      return `/summaries/${destination.summaryId}`;
    case 'documents':
    case 'summaries':
    case 'models':
    case 'privacy':
    case 'settings':
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
