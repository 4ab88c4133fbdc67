import { createHashHistory, createRootRoute, createRoute, createRouter, useRouterState } from '@tanstack/react-router';
import { use } from 'react';
import {
  collectionIdSchema,
  conversationIdSchema,
  ledgerEntryIdSchema,
  messageIdSchema,
  modelIdSchema,
  summaryIdSchema,
} from '../../electron/shared/ids.ts';
import { DocumentsPage } from '../features/documents/documents-page.tsx';
import { ModelDetailPage } from '../features/models/detail/model-detail-page.tsx';
import { HubSearchPage } from '../features/models/hub/hub-search-page.tsx';
import { ModelsPage } from '../features/models/models-page.tsx';
import { PrivacyPage } from '../features/privacy/privacy-page.tsx';
import { SearchPage } from '../features/search/search-page.tsx';
import { SummariesPage } from '../features/summaries/summaries-page.tsx';
import { SummaryPage } from '../features/summaries/summary-page.tsx';
import { EnginePackRow } from '../features/updates/engine-pack-row.tsx';
import { ConversationPage } from '../features/chat/conversation-page.tsx';
import { settingsSections } from '../lib/destination.ts';
import { BrokenPage } from './broken-page.tsx';
import { NewChat } from './new-chat.tsx';
import { Settings } from './settings.tsx';
import { SearchWordsContext } from './shell/search-words.ts';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NewChat });

const chat = createRoute({
  getParentRoute: () => root,
  path: '/chats/$conversationId',
  component: function Chat() {
    const id = conversationIdSchema.safeParse(chat.useParams().conversationId);
    const wanted = useRouterState({ select: ({ location }) => new URLSearchParams(location.searchStr).get('message') });
    const messageId = messageIdSchema.safeParse(wanted).data ?? null;
    return id.success ? <ConversationPage key={id.data} conversationId={id.data} messageId={messageId} /> : <NewChat />;
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

const Models = () => <ModelsPage engineLibraries={<EnginePackRow />} />;

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$modelId',
  component: function OneModel() {
    const id = modelIdSchema.safeParse(model.useParams().modelId);
    return id.success ? <ModelDetailPage key={id.data} modelId={id.data} /> : <Models />;
  },
});

const documents = createRoute({
  getParentRoute: () => root,
  path: '/documents',
  component: function Documents() {
    const wanted = useRouterState({
      select: ({ location }) => new URLSearchParams(location.searchStr).get('collection'),
    });
    const id = collectionIdSchema.safeParse(wanted).data ?? null;
    return <DocumentsPage key={id} collectionId={id} />;
  },
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: function SearchEverything() {
    const { query, turn, remember } = use(SearchWordsContext);
    return <SearchPage key={turn} query={query} onQuery={remember} />;
  },
});

const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  component: function Privacy() {
    const wanted = useRouterState({ select: ({ location }) => new URLSearchParams(location.searchStr).get('entry') });
    const entryId = ledgerEntryIdSchema.safeParse(wanted).data ?? null;
    return <PrivacyPage key={entryId} entryId={entryId} />;
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: function AllSettings() {
    const section = useRouterState({
      select: ({ location }) => new URLSearchParams(location.searchStr).get('section'),
    });
    return <Settings section={settingsSections.find((candidate) => candidate === section) ?? null} />;
  },
});

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: NewChat }),
  chat,
  documents,
  createRoute({ getParentRoute: () => root, path: '/summaries', component: SummariesPage }),
  summary,
  createRoute({ getParentRoute: () => root, path: '/models', component: Models }),
  createRoute({ getParentRoute: () => root, path: '/models/search', component: HubSearchPage }),
  model,
  privacy,
  settings,
  search,
]);

/** Pages behind the fragment of the address: it works from a file, from `app://` and from the loopback host alike. */
export function createAppRouter() {
  return createRouter({ routeTree: routes, history: createHashHistory(), defaultErrorComponent: BrokenPage });
}
