import { useMutation, useQuery } from '@tanstack/react-query';
import type { Summary } from '../../electron/shared/summary.ts';
import { useApi } from './api-context.tsx';
import { saveFile } from './save-file.ts';

/** All summaries as they are now; undefined until first heard. */
export function useSummaries(): { readonly list: readonly Summary[] | undefined; readonly error: Error | null } {
  const { query } = useApi();
  const live = useQuery(
    query.summaries.watch.experimental_liveOptions({
      // Under a key of its own: whoever has summaries asked for again and waits for them would wait for its end.
      queryKey: ['summaries-now'],
      retry: true,
      retryDelay: 500,
      staleTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
  );
  // The stream may come later than a plain answer, and its failure is no reason to show nothing.
  const asked = useQuery(query.summaries.list.queryOptions({ enabled: live.data === undefined }));
  const list = live.data ?? asked.data;
  return { list, error: list === undefined ? asked.error : null };
}

/** Makes a file of a summary and hands it over; resolves with its name. */
export function useExportSummary() {
  const { client } = useApi();
  return useMutation({
    mutationFn: async (request: Parameters<typeof client.summaries.export>[0]): Promise<string> => {
      const { name, file } = await client.summaries.export(request);
      saveFile(name, [file], file.type);
      return name;
    },
  });
}
