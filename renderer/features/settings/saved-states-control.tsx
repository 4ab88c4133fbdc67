import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';

/** In MiB. */
const limits = ['0', '512', '2048', '8192', '32768'] as const;

type SavedStatesControlProps = {
  /** In MiB; the command line may have set it to anything. */
  readonly limit: number;
  readonly onLimit: (limit: number) => void;
};

/** What saved states may take, what they take now, and a way to be rid of them. */
export function SavedStatesControl({ limit, onLimit }: SavedStatesControlProps) {
  const { t } = useTranslation('models');
  const { query, queryClient } = useApi();
  const usage = useQuery(query.machine.savedStates.queryOptions());
  const clear = useMutation(
    query.machine.clearSavedStates.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.machine.savedStates.queryKey() }),
    }),
  );
  const size = usage.data?.sizeBytes ?? 0;
  return (
    <div className="flex flex-col items-end gap-2">
      <Segmented
        label={t('settings.saved')}
        value={limits.find((name) => name === String(limit)) ?? null}
        options={limits.map((value) => ({ value, label: t(`settings.savedLimits.${value}`) }))}
        onChange={(value) => onLimit(Number(value))}
      />
      <div className="flex items-center gap-3 text-sm text-soft">
        <span role="status" className="numeric">
          {clear.isSuccess && size === 0 ? t('settings.savedCleared') : t('settings.savedNow', { size })}
        </span>
        {size === 0 ? null : (
          <Button onClick={() => clear.mutate({})} disabled={clear.isPending}>
            {t('settings.savedClear')}
          </Button>
        )}
      </div>
      {clear.error === null ? null : <FailureNotice error={toFailure(clear.error)} />}
    </div>
  );
}
