import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import type { RunProgress } from '../../api/run-view.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useProgressWords } from '../../ui/progress-words.ts';

const waiting: RunProgress = { phase: 'waiting', done: 0, total: 0, remainingMs: null };

type SummaryProgressProps = { readonly runId: RunId | null; readonly progress: RunProgress | null };

/** What it is doing, how far it is, how long it will take, and the way out. */
export function SummaryProgress({ runId, progress }: SummaryProgressProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const words = useProgressWords();
  const stop = useMutation(query.runs.stop.mutationOptions());
  const current = progress ?? waiting;
  const { doing, left } = words(current);
  return (
    <div className="flex items-center gap-4 rounded-lg bg-raised py-3 pr-3 pl-4 shadow-card ring-1 ring-hairline">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p role="status" className="numeric flex flex-wrap justify-between gap-x-4 text-base">
          <span className="font-medium">{doing}</span>
          <span className="text-soft">{left ?? t('remaining.unknown')}</span>
        </p>
        <ProgressBar label={doing} fraction={current.total === 0 ? null : current.done / current.total} />
      </div>
      {runId === null ? null : (
        <Button onClick={() => stop.mutate({ runId })} disabled={stop.isPending}>
          {t('action.cancel')}
        </Button>
      )}
    </div>
  );
}
