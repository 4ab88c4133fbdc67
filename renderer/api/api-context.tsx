import { createORPCClient } from '@orpc/client';
import type { RouterClient } from '@orpc/server';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { RouterUtils } from '@orpc/tanstack-query';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import type { AppRouter } from '../../electron/api/router.ts';
import { Connection } from './connection.ts';
import type { Door } from './door.ts';
import { RunStore } from './run-store.ts';

type Client = RouterClient<AppRouter>;

/** Everything through which the window talks to the app. */
export type Api = {
  readonly door: Door;
  readonly connection: Connection;
  readonly client: Client;
  /** Query and mutation options of every call. */
  readonly query: RouterUtils<Client>;
  readonly queryClient: QueryClient;
  readonly runs: RunStore;
  /** Drops everything that was heard of chats; what says whether the app is locked stays. */
  readonly forget: () => void;
};

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The app is on this machine: it answers whether or not there is a network.
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 2_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Calls whose answers say nothing of a chat. */
const keptPaths = /^\["(access"|app","(describe|look)")/;

/** Builds the window's side of the contract over `door` and opens the line. */
export function createApi(door: Door): Api {
  const connection = new Connection(door);
  const client: Client = createORPCClient(connection.link);
  const query = createTanstackQueryUtils(client);
  const queryClient = createQueryClient();
  const runs = new RunStore({
    follow: (runId, afterSequence) => client.runs.follow({ runId, afterSequence }),
    whenConnected: () => connection.whenConnected(),
    onEnd: () => {
      for (const key of [query.conversations.key(), query.summaries.key(), query.models.key()]) {
        void queryClient.invalidateQueries({ queryKey: key });
      }
    },
  });
  let wasLost = false;
  connection.subscribe(() => {
    if (connection.state === 'lost') wasLost = true;
    // What changed while the line was down is asked for again.
    else if (connection.state === 'connected' && wasLost) void queryClient.invalidateQueries();
  });
  const forget = (): void => {
    runs.forget();
    queryClient.getMutationCache().clear();
    queryClient.removeQueries({ predicate: ({ queryKey: [path] }) => !keptPaths.test(JSON.stringify(path)) });
  };
  void connection.run();
  return { door, connection, client, query, queryClient, runs, forget };
}

const ApiContext = createContext<Api | null>(null);

export function ApiProvider({ api, children }: { readonly api: Api; readonly children: ReactNode }) {
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={api.queryClient}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = use(ApiContext);
  if (api === null) throw new Error('ApiProvider is missing.');
  return api;
}
