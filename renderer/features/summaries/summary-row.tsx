import { CircleAlert, CirclePause, Clock3, Pause, Play, RotateCcw, ScrollText, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '../../../electron/shared/summary.ts';
import { useRun } from '../../api/use-run.ts';
import { addressOf } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useProgressWords } from '../../ui/progress-words.ts';
import { coverageShare, previewOf, summaryView } from './summary-view.ts';
import type { SummaryView } from './summary-view.ts';
import type { SummaryEdits } from './use-summary-edits.ts';

/** A preview of two lines has no room for headings and emphasis. */
const markdownMarks = /[*_`#>]+/g;

const icons = {
  running: ScrollText,
  queued: Clock3,
  paused: CirclePause,
  stopped: ScrollText,
  complete: ScrollText,
  failed: CircleAlert,
} as const;

type SummaryRowProps = {
  readonly summary: Summary;
  /** Place in the queue, counted from 1; null while it does not wait. */
  readonly position: number | null;
  readonly edits: SummaryEdits;
};

export function SummaryRow({ summary, position, edits }: SummaryRowProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const view = summaryView(summary, useRun(summary.runId));
  const state = useStateWords(view, position);
  const Icon = icons[view.status];
  const hasFailed = view.status === 'failed';
  const { documentName: name, focus } = summary;
  const preview = previewOf(view);
  return (
    <li className="flex items-start gap-1 border-b border-hairline py-1.5 last:border-b-0">
      <a
        data-list-item
        href={addressOf({ page: 'summary', summaryId: summary.id })}
        className="flex min-w-0 flex-1 items-start gap-3.5 rounded-md px-2 py-2 hover:bg-hover"
      >
        <Icon
          aria-hidden
          size={20}
          strokeWidth={1.5}
          className={classNames('mt-0.5 shrink-0', hasFailed ? 'text-problem' : 'text-faint')}
        />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="truncate text-base font-medium">{name}</span>
          <span className="numeric text-sm text-faint">
            {t(`summaryStyle.${summary.style}`)} · {state}
          </span>
          {focus === '' ? null : <span className="truncate text-sm text-soft italic">{focus}</span>}
          {hasFailed && view.error !== null ? (
            <span className="text-sm text-problem">{words(view.error)}</span>
          ) : preview === '' ? null : (
            <span className="line-clamp-2 text-sm text-soft">{preview.replace(markdownMarks, '')}</span>
          )}
          {view.status === 'running' ? (
            <span className="max-w-80 pt-1">
              <ProgressBar label={state} fraction={coverageShare(view.coverage)} />
            </span>
          ) : null}
        </span>
      </a>
      <div className="flex shrink-0 pt-1">
        <NextStep summary={summary} view={view} edits={edits} />
        <IconButton icon={Trash2} label={t('summaries.remove', { name })} onClick={() => edits.remove(summary)} />
      </div>
    </li>
  );
}

/** How far it is, in words. */
function useStateWords({ status, coverage, progress }: SummaryView, position: number | null): string {
  const { t, i18n } = useTranslation();
  const progressWords = useProgressWords();
  if (status === 'queued' && position !== null) return t('summaries.queuedAt', { position });
  if (status !== 'running') return t(`summaries.${status}`);
  const share = Math.floor(coverageShare(coverage) * 100) / 100;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  const left = progress === null ? null : progressWords(progress).left;
  return left === null ? t('summaries.running', { percent }) : t('summaries.runningLeft', { percent, left });
}

type NextStepProps = Omit<SummaryRowProps, 'position'> & { readonly view: SummaryView };

/** The one thing to do with it in its state. */
function NextStep({ summary: { id, documentName: name }, view, edits }: NextStepProps) {
  const { t } = useTranslation();
  switch (view.status) {
    case 'running':
    case 'queued':
      return <IconButton icon={Pause} label={t('summaries.pauseNamed', { name })} onClick={() => edits.pause(id)} />;
    case 'paused':
    case 'stopped':
      return <IconButton icon={Play} label={t('summaries.resumeNamed', { name })} onClick={() => edits.resume(id)} />;
    case 'failed':
      return (
        <IconButton icon={RotateCcw} label={t('summaries.retryNamed', { name })} onClick={() => edits.resume(id)} />
      );
    case 'complete':
      return null;
  }
}
