import { useMutation } from '@tanstack/react-query';
import type { DocumentId } from '../../electron/shared/ids.ts';
import type { SummaryRequest, SummaryStyle } from '../../electron/shared/summary.ts';
import { useApi } from './api-context.tsx';

/** A question or instructions have to be asked for; whoever starts without asking gets the usual style. */
const usableStyle = (style: SummaryStyle): SummaryStyle =>
  style === 'question' || style === 'instructions' ? 'key-points' : style;

/** Begins a summary of a document, in the usual style where none is named, and follows it. */
export function useStartSummary() {
  const { client, query, queryClient, runs } = useApi();
  return useMutation({
    mutationFn: async ({
      documentId,
      request = {},
    }: {
      readonly documentId: DocumentId;
      readonly request?: Partial<SummaryRequest>;
    }) => {
      const style = request.style ?? usableStyle((await client.settings.get()).summaryStyle);
      const started = await client.summaries.start({ documentId, request: { ...request, style } });
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
