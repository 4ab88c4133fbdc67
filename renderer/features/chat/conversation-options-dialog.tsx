import { useMutation } from '@tanstack/react-query';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import { useApi } from '../../api/api-context.tsx';
import { ChatOptionsDialog } from './chat-options-dialog.tsx';

type ConversationOptionsDialogProps = { readonly conversation: Conversation; readonly onClose: () => void };

/** The settings of a conversation; each choice is kept at once. */
export function ConversationOptionsDialog({ conversation, onClose }: ConversationOptionsDialogProps) {
  const { query, queryClient } = useApi();
  const opened = query.conversations.open.queryOptions({ input: { id: conversation.id } });
  const change = useMutation(
    query.conversations.setOptions.mutationOptions({
      onSuccess: (changed) =>
        queryClient.setQueryData(opened.queryKey, (last) => (last ? { ...last, conversation: changed } : last)),
    }),
  );
  return (
    <ChatOptionsDialog
      options={conversation.options}
      error={change.error}
      onChange={(options) => change.mutate({ id: conversation.id, options })}
      onClose={onClose}
    />
  );
}
