import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';

/** Below this a search finds nearly everything. */
const shortestQuery = 2;

/** What was said with these words. What was found last stays in sight while the next is looked for. */
export function useMessageSearch(query: string, limit: number) {
  const api = useApi();
  const wanted = query.trim();
  const isSearching = wanted.length >= shortestQuery;
  const search = useQuery({
    ...api.query.search.find.queryOptions({ input: { query: wanted.slice(0, 1_000), limit } }),
    enabled: isSearching,
    placeholderData: keepPreviousData,
  });
  return { found: isSearching ? search.data : undefined, error: search.error, isSearching };
}
