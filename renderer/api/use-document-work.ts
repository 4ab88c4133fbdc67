import { useMutation } from '@tanstack/react-query';
import type { DocumentId } from '../../electron/shared/ids.ts';
import type { SummaryStyle } from '../../electron/shared/summary.ts';
import { useApi } from './api-context.tsx';

/** Begins a summary of a document, and follows it. */
export function useStartSummary() {
  const { client, query, queryClient, runs } = useApi();
  return useMutation({
    mutationFn: async ({ documentId, style }: { readonly documentId: DocumentId; readonly style?: SummaryStyle }) => {
      const started = await client.summaries.start({
        documentId,
        request: { style: style ?? (await client.settings.get()).summaryStyle },
      });
      runs.follow(started.runId);
      await queryClient.invalidateQueries({ queryKey: query.summaries.key() });
      return started;
    },
  });
}

/** Begins a conversation whose questions are asked of these documents. */
export function useAskAbout() {
  const { client, query, queryClient } = useApi();
  return useMutation({
    mutationFn: async (documentIds: readonly DocumentId[]) => {
      const conversation = await client.conversations.create({ documentIds: [...documentIds] });
      await queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
      return conversation;
    },
  });
}
