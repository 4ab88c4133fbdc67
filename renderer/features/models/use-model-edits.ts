import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DownloadRequest } from '../../../electron/shared/download.ts';
import type { ModelDescription } from '../../../electron/shared/model.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useDownloadCalls } from '../../api/use-downloads.ts';
import { useModelsChanged, useSelectModel } from '../../api/use-models.ts';
import { useConsent } from '../../lib/consent.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Says a failure in words at the foot of the window. */
export function useFailureNote(): (error: unknown) => void {
  const notify = useNotify();
  const words = useErrorWords();
  return (error) => notify({ text: words(toFailure(error)), isProblem: true });
}

/** What can be done to a model on this computer; removing has a way back, and a failure is said in words. */
export function useModelEdits() {
  const { t } = useTranslation(['models', 'window']);
  const { query } = useApi();
  const notify = useNotify();
  const onError = useFailureNote();
  const changed = useModelsChanged();
  const select = useSelectModel();
  const restore = useMutation(query.models.restore.mutationOptions({ onError, onSuccess: changed }));
  const remove = useMutation(query.models.remove.mutationOptions({ onError, onSuccess: changed }));
  return {
    use: ({ id, name }: ModelDescription) =>
      select.mutate({ id }, { onError, onSuccess: () => notify({ text: t('row.used', { name }) }) }),
    remove: ({ id, name, isLinked }: ModelDescription, onGone?: () => void) =>
      remove.mutate(
        { id },
        {
          onSuccess: () => {
            onGone?.();
            notify({
              text: t(isLinked ? 'row.unlinked' : 'row.removed', { name }),
              action: { label: t('window:action.undo'), onChoose: () => restore.mutate({ id }) },
            });
          },
        },
      ),
  };
}

/** Begins a download, once asking the hub is allowed. */
export function useStartDownload() {
  const { t } = useTranslation('models');
  const notify = useNotify();
  const consent = useConsent();
  const { start } = useDownloadCalls();
  return {
    isPending: start.isPending,
    error: start.error,
    start: (request: DownloadRequest, name: string, onError: (error: unknown) => void) =>
      consent(() =>
        start.mutate(request, { onError, onSuccess: () => notify({ text: t('downloads.started', { name }) }) }),
      ),
  };
}
