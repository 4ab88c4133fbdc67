import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Renames a conversation, or removes it with a way back. */
export function useConversationEdits(onRemoved: (conversation: Conversation) => void) {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.conversations.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const rename = useMutation(query.conversations.rename.mutationOptions({ onSuccess: refresh, onError }));
  const restore = useMutation(query.conversations.restore.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(query.conversations.remove.mutationOptions({ onError }));
  return {
    rename: ({ id }: Conversation, title: string) => {
      if (title.trim() !== '') rename.mutate({ id, title: title.trim() });
    },
    remove: (conversation: Conversation) => {
      remove.mutate(
        { id: conversation.id },
        {
          onSuccess: () => {
            onRemoved(conversation);
            notify({
              text: t('chats.removed', { title: conversation.title || t('chat.new') }),
              action: { label: t('action.undo'), onChoose: () => restore.mutate({ id: conversation.id }) },
            });
            void queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
          },
        },
      );
    },
  };
}
