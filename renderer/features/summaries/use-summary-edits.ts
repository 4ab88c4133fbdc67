import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RunId, SummaryId } from '../../../electron/shared/ids.ts';
import type { Summary } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Everything that a person can do to a summary; what fails is said in a notice. */
export type SummaryEdits = {
  readonly pause: (id: SummaryId) => void;
  readonly resume: (id: SummaryId) => void;
  readonly stop: (id: SummaryId) => void;
  readonly remove: (summary: Pick<Summary, 'id' | 'documentName'>) => void;
  readonly isBusy: boolean;
};

export function useSummaryEdits(): SummaryEdits {
  const { t } = useTranslation();
  const { client, query, queryClient, runs } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.summaries.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const told = { onSuccess: refresh, onError };
  const pause = useMutation(query.summaries.pause.mutationOptions(told));
  const stop = useMutation(query.summaries.stop.mutationOptions(told));
  const restore = useMutation(query.summaries.restore.mutationOptions(told));
  const follow = ({ runId }: { readonly runId: RunId }) => {
    runs.follow(runId);
    return refresh();
  };
  const resume = useMutation(query.summaries.resume.mutationOptions({ onSuccess: follow, onError }));
  const remove = useMutation({
    mutationFn: ({ id }: Pick<Summary, 'id' | 'documentName'>) => client.summaries.remove({ id }),
    // Here and not where it is called: by then the row that was pressed is gone.
    onSuccess: (_, { id, documentName }) => {
      notify({
        text: t('summaries.removed', { name: documentName }),
        action: { label: t('action.undo'), onChoose: () => restore.mutate({ id }) },
      });
      return refresh();
    },
    onError,
  });
  return {
    pause: (id) => pause.mutate({ id }),
    resume: (id) => resume.mutate({ id }),
    stop: (id) => stop.mutate({ id }),
    remove: (summary) => remove.mutate(summary),
    isBusy: pause.isPending || resume.isPending || stop.isPending,
  };
}
