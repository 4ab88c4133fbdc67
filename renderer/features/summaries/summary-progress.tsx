import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryId } from '../../../electron/shared/ids.ts';
import type { Summary } from '../../../electron/shared/summary.ts';
import type { RunProgress } from '../../api/run-view.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useProgressWords } from '../../ui/progress-words.ts';
import type { SummaryView } from './summary-view.ts';
import { useSummaryEdits } from './use-summary-edits.ts';

const waiting: RunProgress = { phase: 'waiting', done: 0, total: 0, remainingMs: null };

type SummaryProgressProps = {
  readonly summary: Pick<Summary, 'id'>;
  readonly view: SummaryView;
  /** Place in the queue, counted from 1; null while it is not known. */
  readonly position: number | null;
};

/** What it is doing, how far it is, how long it will take, and the ways out; nothing once it is complete. */
export function SummaryProgress({ summary, view, position }: SummaryProgressProps) {
  const { t } = useTranslation();
  switch (view.status) {
    case 'running':
      return (
        <Panel ways={<Halt id={summary.id} />}>
          <Doing progress={view.progress ?? waiting} />
        </Panel>
      );
    case 'queued':
      return (
        <Panel ways={<Halt id={summary.id} />}>
          <State>{position === null ? t('summary.queuedAlone') : t('summary.queued', { position })}</State>
        </Panel>
      );
    case 'paused':
    case 'stopped':
      return (
        <Panel ways={<Resume id={summary.id} label={t('summary.resume')} />}>
          <State>{t(`summary.${view.status}`)}</State>
        </Panel>
      );
    case 'failed': {
      const again = <Resume id={summary.id} label={t('summary.tryAgain')} />;
      if (view.error !== null) return <FailureNotice error={view.error}>{again}</FailureNotice>;
      return (
        <Panel ways={again}>
          <State>{t('summaries.failed')}</State>
        </Panel>
      );
    }
    case 'complete':
      return null;
  }
}

type WayProps = { readonly id: SummaryId };

function Halt({ id }: WayProps) {
  const { t } = useTranslation();
  const { pause, stop, isBusy } = useSummaryEdits();
  return (
    <>
      <Button onClick={() => pause(id)} disabled={isBusy}>
        {t('summary.pause')}
      </Button>
      <Button onClick={() => stop(id)} disabled={isBusy}>
        {t('summary.stop')}
      </Button>
    </>
  );
}

function Resume({ id, label }: WayProps & { readonly label: string }) {
  const { resume, isBusy } = useSummaryEdits();
  return (
    <Button look="accent" onClick={() => resume(id)} disabled={isBusy}>
      {label}
    </Button>
  );
}

function State({ children }: { readonly children: ReactNode }) {
  return (
    <p role="status" className="numeric text-base">
      {children}
    </p>
  );
}

type PanelProps = { readonly ways: ReactNode; readonly children: ReactNode };

function Panel({ ways, children }: PanelProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg bg-raised py-3 pr-3 pl-4 shadow-card ring-1 ring-hairline">
      <div className="min-w-0 flex-1 basis-56">{children}</div>
      <div className="flex gap-2">{ways}</div>
    </div>
  );
}

function Doing({ progress }: { readonly progress: RunProgress }) {
  const { t } = useTranslation();
  const { doing, left } = useProgressWords()(progress);
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="numeric flex flex-wrap justify-between gap-x-4 text-base">
        <span className="font-medium">{doing}</span>
        <span className="text-soft">{left ?? t('remaining.unknown')}</span>
      </p>
      <ProgressBar label={doing} fraction={progress.total === 0 ? null : progress.done / progress.total} />
    </div>
  );
}
