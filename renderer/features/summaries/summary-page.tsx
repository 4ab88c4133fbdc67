import { useQuery } from '@tanstack/react-query';
import { MessageCircleQuestion } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryId } from '../../../electron/shared/ids.ts';
import { summaryStyleSchema } from '../../../electron/shared/summary.ts';
import type { Summary, SummaryStyle } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useAskAbout, useStartSummary } from '../../api/use-document-work.ts';
import { useRun } from '../../api/use-run.ts';
import { useGo } from '../../lib/destination.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CoverageStrip } from './coverage-strip.tsx';
import { SummaryProgress } from './summary-progress.tsx';
import { SummarySections } from './summary-sections.tsx';
import { summaryView } from './summary-view.ts';

/** One summary: the document as a strip, the whole in short on top, its sections below. */
export function SummaryPage({ summaryId }: { readonly summaryId: SummaryId }) {
  const { t } = useTranslation();
  const { query } = useApi();
  const found = useQuery(query.summaries.get.queryOptions({ input: { id: summaryId } }));
  if (found.data !== undefined) return <OneSummary summary={found.data} />;
  return (
    <Page title={t('navigation.summaries')}>
      {found.error === null ? <Skeleton lines={5} /> : <FailureNotice error={toFailure(found.error)} />}
    </Page>
  );
}

function OneSummary({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation();
  const go = useGo();
  const ask = useAskAbout();
  const [runId, setRunId] = useState(summary.runId);
  if (summary.runId !== null && summary.runId !== runId) setRunId(summary.runId);
  const view = summaryView(summary, useRun(runId));
  const openLink = useOpenLink();
  const askButton = (
    <Button
      onClick={() =>
        ask.mutate([summary.documentId], {
          onSuccess: ({ id }) => go({ page: 'chat', conversationId: id }),
        })
      }
    >
      <MessageCircleQuestion aria-hidden size={15} /> {t('drop.ask')}
    </Button>
  );
  return (
    <Page title={summary.documentName} actions={askButton}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <StyleChoice summary={summary} />
        {view.text === '' || view.isRunning ? null : <CopyButton text={view.text} label={t('summary.copy')} />}
      </div>
      <CoverageStrip coverage={view.coverage} sections={view.sections} />
      {view.isRunning ? <SummaryProgress runId={runId} progress={view.progress} /> : null}
      {summary.status === 'stopped' ? <p className="text-base text-soft">{t('summary.stopped')}</p> : null}
      {view.error === null ? null : <FailureNotice error={view.error} />}
      {view.text === '' ? null : (
        <section aria-label={t('summary.whole')} className="max-w-[37em]">
          <Markdown text={view.text} isGrowing={view.isRunning} onOpenLink={openLink} />
        </section>
      )}
      <SummarySections summary={summary} sections={view.sections} />
    </Page>
  );
}

/** Another style is another summary: the one that exists is opened, else it is made. */
function StyleChoice({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const start = useStartSummary();
  const summaries = useQuery(query.summaries.list.queryOptions()).data ?? [];
  const choose = (style: SummaryStyle): void => {
    const existing = summaries.find(
      (other) => other.documentId === summary.documentId && other.style === style && other.status !== 'failed',
    );
    if (existing !== undefined) go({ page: 'summary', summaryId: existing.id });
    else {
      start.mutate(
        { documentId: summary.documentId, style },
        { onSuccess: ({ summaryId }) => go({ page: 'summary', summaryId }) },
      );
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        label={t('summary.style')}
        value={summary.style}
        options={summaryStyleSchema.options.map((value) => ({ value, label: t(`summaryStyle.${value}`) }))}
        onChange={choose}
      />
      {start.error === null ? null : <FailureNotice error={toFailure(start.error)} />}
    </div>
  );
}
