import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CollectionId } from '../../../electron/shared/ids.ts';
import type { Collection, CollectionSource } from '../../../electron/shared/library.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** What can be done to collections; deleting has a way back, and a failure is said in words. */
export function useCollectionEdits() {
  const { t } = useTranslation(['window', 'library']);
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const onLabelled = () => queryClient.invalidateQueries({ queryKey: query.privacy.localOnly.key() });
  const restore = useMutation(query.library.restore.mutationOptions({ onError }));
  const removeSource = useMutation(query.library.removeSource.mutationOptions({ onError }));
  const restoreSource = useMutation(query.library.restoreSource.mutationOptions({ onError }));
  const remove = useMutation(query.library.remove.mutationOptions({ onError }));
  return {
    // A name that is taken is said beside the field.
    create: useMutation(query.library.create.mutationOptions()),
    rename: useMutation(query.library.rename.mutationOptions()),
    setIgnorePatterns: useMutation(query.library.setIgnorePatterns.mutationOptions()),
    setPaused: useMutation(query.library.setPaused.mutationOptions({ onError })),
    setCollectionPaused: useMutation(query.library.setCollectionPaused.mutationOptions({ onError })),
    retryFile: useMutation(query.library.retryFile.mutationOptions({ onError })),
    rescan: useMutation(query.library.rescan.mutationOptions({ onError })),
    setLocalOnly: useMutation(query.library.setLocalOnly.mutationOptions({ onSuccess: onLabelled, onError })),
    setSourceLocalOnly: useMutation(
      query.library.setSourceLocalOnly.mutationOptions({ onSuccess: onLabelled, onError }),
    ),
    onError,
    removeSource: (collectionId: CollectionId, { id, name }: CollectionSource) =>
      removeSource.mutate(
        { id },
        {
          onSuccess: () =>
            notify({
              text: t('library:source.removed', { name }),
              action: { label: t('action.undo'), onChoose: () => restoreSource.mutate({ id, collectionId }) },
            }),
        },
      ),
    remove: ({ id, name }: Collection, onGone: () => void) =>
      remove.mutate(
        { id },
        {
          onSuccess: () => {
            onGone();
            notify({
              text: t('library:collection.removed', { name }),
              action: { label: t('action.undo'), onChoose: () => restore.mutate({ id }) },
            });
          },
        },
      ),
  };
}

export type CollectionEdits = ReturnType<typeof useCollectionEdits>;
