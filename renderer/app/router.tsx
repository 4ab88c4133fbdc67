import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { conversationIdSchema, summaryIdSchema } from '../../electron/shared/ids.ts';
import { DocumentsPage } from '../features/documents/documents-page.tsx';
import { ModelsPage } from '../features/models/models-page.tsx';
import { PrivacyPage } from '../features/privacy/privacy-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { SummariesPage } from '../features/summaries/summaries-page.tsx';
import { SummaryPage } from '../features/summaries/summary-page.tsx';
import { ConversationPage } from '../features/chat/conversation-page.tsx';
import { NewChat } from './new-chat.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NewChat });

const chat = createRoute({
  getParentRoute: () => root,
  path: '/chats/$conversationId',
  component: function Chat() {
    const id = conversationIdSchema.safeParse(chat.useParams().conversationId);
    return id.success ? <ConversationPage key={id.data} conversationId={id.data} /> : <NewChat />;
  },
});

const summary = createRoute({
  getParentRoute: () => root,
  path: '/summaries/$summaryId',
  component: function OneSummary() {
    const id = summaryIdSchema.safeParse(summary.useParams().summaryId);
    return id.success ? <SummaryPage key={id.data} summaryId={id.data} /> : <SummariesPage />;
  },
});

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: NewChat }),
  chat,
  createRoute({ getParentRoute: () => root, path: '/documents', component: DocumentsPage }),
  createRoute({ getParentRoute: () => root, path: '/summaries', component: SummariesPage }),
  summary,
  createRoute({ getParentRoute: () => root, path: '/models', component: ModelsPage }),
  createRoute({ getParentRoute: () => root, path: '/privacy', component: PrivacyPage }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsPage }),
]);

/** Pages behind the fragment of the address: it works from a file, from `app://` and from the loopback host alike. */
export function createAppRouter() {
  return createRouter({ routeTree: routes, history: createHashHistory() });
}
