import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../electron/shared/conversation.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Folders of the list. Removing one moves what is in it back among the rest. */
export function useFolderEdits() {
  const { t } = useTranslation();
  const { client, query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: query.conversations.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const create = useMutation(query.conversations.createFolder.mutationOptions({ onSuccess, onError }));
  const rename = useMutation(query.conversations.renameFolder.mutationOptions({ onSuccess, onError }));
  const remove = useMutation(query.conversations.removeFolder.mutationOptions({ onSuccess, onError }));
  const label = useMutation(
    query.conversations.setFolderLocalOnly.mutationOptions({
      onSuccess: () =>
        Promise.all([onSuccess(), queryClient.invalidateQueries({ queryKey: query.privacy.localOnly.key() })]),
      onError,
    }),
  );
  const bringBack = useMutation({
    mutationFn: async ({
      name,
      memberIds,
    }: {
      readonly name: string;
      readonly memberIds: readonly ConversationId[];
    }) => {
      const { id: folderId } = await client.conversations.createFolder({ name });
      for (const id of memberIds) await client.conversations.place({ id, placement: { folderId } });
    },
    onSettled: onSuccess,
    onError,
  });
  return {
    create: (name: string) => create.mutate({ name }),
    rename: ({ id }: Folder, name: string) => rename.mutate({ id, name }),
    setLocalOnly: ({ id }: Folder, isLocalOnly: boolean) => label.mutate({ id, isLocalOnly }),
    remove: (folder: Folder, memberIds: readonly ConversationId[]) =>
      remove.mutate(
        { id: folder.id },
        {
          onSuccess: () =>
            notify({
              text: t('folders.removed', { name: folder.name }),
              action: { label: t('action.undo'), onChoose: () => bringBack.mutate({ name: folder.name, memberIds }) },
            }),
        },
      ),
  };
}

export type FolderEdits = ReturnType<typeof useFolderEdits>;
