import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ConversationId, MessageId } from '../../../../electron/shared/ids.ts';
import { useApi } from '../../../api/api-context.tsx';
import { branchTree } from './branch-tree.ts';
import type { BranchTree } from './branch-tree.ts';

type Shown = { readonly messageId: MessageId; readonly isEnd?: boolean };

/** The tree of a conversation, and the way to show another branch of it. */
export function useBranches(conversationId: ConversationId): {
  readonly tree: BranchTree;
  readonly show: (shown: Shown, onShown?: () => void) => void;
  readonly error: Error | null;
} {
  const { client, query, queryClient } = useApi();
  const outline = useQuery(query.conversations.outline.queryOptions({ input: { id: conversationId } })).data;
  const tree = useMemo(() => branchTree(outline ?? []), [outline]);
  const { mutate, error } = useMutation({
    mutationFn: ({ messageId, isEnd = false }: Shown) =>
      client.conversations.show({ id: conversationId, messageId, isEnd }),
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: query.conversations.open.key({ input: { id: conversationId } }) }),
  });
  return useMemo(
    () => ({
      tree,
      show: (shown, onShown) => mutate(shown, onShown === undefined ? {} : { onSuccess: onShown }),
      error,
    }),
    [tree, mutate, error],
  );
}
