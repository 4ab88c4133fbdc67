import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** What can be done to a preset in the list; deleting one has a way back. */
export function usePresetEdits() {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: query.presets.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const setHidden = useMutation(query.presets.setHidden.mutationOptions({ onSuccess, onError }));
  const restore = useMutation(query.presets.restore.mutationOptions({ onSuccess, onError }));
  const remove = useMutation(query.presets.remove.mutationOptions({ onSuccess, onError }));
  return {
    setHidden: ({ id }: Preset, isHidden: boolean) => setHidden.mutate({ id, isHidden }),
    remove: ({ id, name }: Preset) =>
      remove.mutate(
        { id },
        {
          onSuccess: () =>
            notify({
              text: t('presets.removed', { name }),
              action: { label: t('action.undo'), onChoose: () => restore.mutate({ id }) },
            }),
        },
      ),
  };
}
