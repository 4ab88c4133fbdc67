import { useMutation } from '@tanstack/react-query';
import type { ConversationId, DocumentId } from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { useApi } from '../../api/api-context.tsx';

export type Question = { readonly text: string; readonly documentIds: readonly DocumentId[] };

/** Sends a turn of a conversation, or the first of a new one, and has its answer followed. */
export function useSend(conversationId: ConversationId | null) {
  const { client, query, queryClient, runs } = useApi();
  return useMutation({
    mutationFn: async ({ text, documentIds }: Question) => {
      const target = conversationId === null ? {} : { conversationId };
      const started =
        documentIds.length === 0
          ? await client.chat.send({ ...target, text })
          : await client.answers.ask({ ...target, documentIds: [...documentIds], question: text });
      runs.follow(started.runId);
      const open = query.conversations.open.queryOptions({ input: { id: started.conversationId } });
      await queryClient.fetchQuery({ ...open, staleTime: 0 });
      void queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
      return started;
    },
  });
}

/** Answers a question again, on a branch beside the old answer. */
export function useRetry(conversationId: ConversationId, isAboutDocuments: boolean) {
  const { client, query, queryClient, runs } = useApi();
  return useMutation({
    mutationFn: async (answer: Message) => {
      const isGrounded = isAboutDocuments || answer.parts.some(({ type }) => type === 'citation');
      const retry = isGrounded ? client.answers.retry : client.chat.retry;
      const started = await retry({ answerId: answer.id });
      runs.follow(started.runId);
      await queryClient.invalidateQueries({
        queryKey: query.conversations.open.key({ input: { id: conversationId } }),
      });
    },
  });
}

export function useStop() {
  const { query } = useApi();
  return useMutation(query.runs.stop.mutationOptions());
}
