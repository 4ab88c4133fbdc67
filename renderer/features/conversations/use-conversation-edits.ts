import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Conversation, Placement } from '../../../electron/shared/conversation.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** What can be done to a conversation in the list: nothing asks first, and what removes or hides has a way back. */
export function useConversationEdits(onGone: (conversation: Conversation) => void) {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.conversations.key() });
  const refreshLabels = () =>
    Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: query.privacy.localOnly.key() })]);
  const refreshList = () => queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const rename = useMutation(query.conversations.rename.mutationOptions({ onSuccess: refresh, onError }));
  const restore = useMutation(query.conversations.restore.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(query.conversations.remove.mutationOptions({ onError }));
  const place = useMutation(query.conversations.place.mutationOptions({ onSuccess: refresh, onError }));
  const label = useMutation(query.conversations.setLocalOnly.mutationOptions({ onSuccess: refreshLabels, onError }));
  const titleOf = ({ title }: Conversation): string => title || t('chat.new');
  return {
    rename: ({ id }: Conversation, title: string) => {
      if (title.trim() !== '') rename.mutate({ id, title: title.trim() });
    },
    place: ({ id }: Conversation, placement: Placement) => place.mutate({ id, placement }),
    setLocalOnly: ({ id }: Conversation, isLocalOnly: boolean) => label.mutate({ id, isLocalOnly }),
    archive: (conversation: Conversation) => {
      const { id } = conversation;
      place.mutate(
        { id, placement: { isArchived: true } },
        {
          onSuccess: () => {
            onGone(conversation);
            notify({
              text: t('chats.archived', { title: titleOf(conversation) }),
              action: {
                label: t('action.undo'),
                onChoose: () => place.mutate({ id, placement: { isArchived: false } }),
              },
            });
          },
        },
      );
    },
    remove: (conversation: Conversation) => {
      remove.mutate(
        { id: conversation.id },
        {
          onSuccess: () => {
            onGone(conversation);
            notify({
              text: t('chats.removed', { title: titleOf(conversation) }),
              action: { label: t('action.undo'), onChoose: () => restore.mutate({ id: conversation.id }) },
            });
            void refreshList();
          },
        },
      );
    },
  };
}

export type ConversationEdits = ReturnType<typeof useConversationEdits>;
