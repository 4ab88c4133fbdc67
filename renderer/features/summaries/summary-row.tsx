import { useMutation } from '@tanstack/react-query';
import { CircleAlert, ScrollText, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useRun } from '../../api/use-run.ts';
import { addressOf } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { coverageShare, summaryView } from './summary-view.ts';

/** A preview of two lines has no room for headings and emphasis. */
const markdownMarks = /[*_`#>]+/g;

export function SummaryRow({ summary }: { readonly summary: Summary }) {
  const { t, i18n } = useTranslation();
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const view = summaryView(summary, useRun(summary.runId));
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.summaries.key() });
  const onError = (error: unknown): void => notify({ text: words(toFailure(error)), isProblem: true });
  const restore = useMutation(query.summaries.restore.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(
    query.summaries.remove.mutationOptions({
      onSuccess: () => {
        notify({
          text: t('summaries.removed', { name: summary.documentName }),
          action: { label: t('action.undo'), onChoose: () => restore.mutate({ id: summary.id }) },
        });
        return refresh();
      },
      onError,
    }),
  );
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const state = view.isRunning
    ? t('summaries.running', { percent: percent.format(Math.floor(coverageShare(view.coverage) * 100) / 100) })
    : t(`summaries.${summary.status}`);
  const Icon = summary.status === 'failed' ? CircleAlert : ScrollText;
  const name = summary.documentName;
  return (
    <li className="flex items-center gap-2 border-b border-hairline py-1.5 last:border-b-0">
      <a
        data-list-item
        href={addressOf({ page: 'summary', summaryId: summary.id })}
        className="flex min-w-0 flex-1 items-start gap-3.5 rounded-md px-2 py-2 hover:bg-hover"
      >
        <Icon
          aria-hidden
          size={20}
          strokeWidth={1.5}
          className={summary.status === 'failed' ? 'mt-0.5 shrink-0 text-problem' : 'mt-0.5 shrink-0 text-faint'}
        />
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="truncate text-base font-medium">{name}</span>
          <span className="numeric text-sm text-faint">
            {t(`summaryStyle.${summary.style}`)} · {state}
          </span>
          {view.text === '' ? null : (
            <span className="line-clamp-2 text-sm text-soft">{view.text.replace(markdownMarks, '')}</span>
          )}
        </span>
      </a>
      <IconButton
        icon={Trash2}
        label={t('summaries.remove', { name })}
        onClick={() => remove.mutate({ id: summary.id })}
      />
    </li>
  );
}
