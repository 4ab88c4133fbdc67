import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryId } from '../../../electron/shared/ids.ts';
import type { Summary } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useRun } from '../../api/use-run.ts';
import { useSummaries } from '../../api/use-summaries.ts';
import { useEvidence } from '../../lib/evidence.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { Page } from '../../ui/page.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';
import { AnswerScreening } from '../../ui/screening/answer-screening.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CoverageStrip } from './coverage-strip.tsx';
import { citedText, numberStatements } from './numbered-statements.ts';
import type { NumberedStatement } from './numbered-statements.ts';
import type { StripSegment } from './strip-segments.ts';
import { StyleChoice } from './style-choice.tsx';
import { SummaryProgress } from './summary-progress.tsx';
import { SummarySections } from './summary-sections.tsx';
import { ChoosingPlaces, SummaryStatements } from './summary-statements.tsx';
import { SummaryTools } from './summary-tools.tsx';
import { queuePosition, summaryView } from './summary-view.ts';
import type { SummaryView } from './summary-view.ts';
import { useScreenedSummary } from './use-screened-summary.ts';

/** One summary: the document as a strip, what it says on top, its sections below. */
export function SummaryPage({ summaryId }: { readonly summaryId: SummaryId }) {
  const { t } = useTranslation();
  const { query } = useApi();
  const found = useQuery(query.summaries.get.queryOptions({ input: { id: summaryId } }));
  const { list = [] } = useSummaries();
  const summary = list.find(({ id }) => id === summaryId) ?? found.data;
  if (summary !== undefined) return <OneSummary summary={summary} others={list} />;
  return (
    <Page title={t('navigation.summaries')}>
      {found.error === null ? <Skeleton lines={5} /> : <FailureNotice error={toFailure(found.error)} />}
    </Page>
  );
}

type OneSummaryProps = { readonly summary: Summary; readonly others: readonly Summary[] };

function OneSummary({ summary, others }: OneSummaryProps) {
  const placeWords = usePlaceWords();
  const [runId, setRunId] = useState(summary.runId);
  if (summary.runId !== null && summary.runId !== runId) setRunId(summary.runId);
  const view = summaryView(summary, useRun(runId));
  const { documentId, documentName, focus, style } = summary;
  const screened = useScreenedSummary(summary, view);
  const [statements = [], ...ofSections] = numberStatements(
    [view.statements, ...view.sections.map((section) => section.statements)],
    screened.allowed,
  );
  const isGrowing = view.status === 'running' || view.status === 'queued';
  const cited = citedText([...statements, ...ofSections.flat()], { documentName, placeWords });
  const hasStatements = statements.length > 0 || ofSections.some((list) => list.length > 0);
  const copied = isGrowing ? '' : hasStatements ? cited : view.text;
  return (
    <Page
      title={documentName}
      {...(focus === '' ? {} : { lead: focus })}
      actions={<SummaryTools summary={summary} text={copied} />}
    >
      <StyleChoice summary={summary} others={others} />
      <Strip summary={summary} view={view} />
      <SummaryProgress summary={summary} view={view} position={queuePosition(others, summary)} />
      <AnswerScreening screened={screened} of="summary" />
      <ChoosingPlaces documentId={documentId} documentName={documentName}>
        {style === 'by-section' && ofSections.some((list) => list.length > 0) ? null : (
          <Whole summary={summary} view={view} statements={statements} />
        )}
        <SummarySections summary={summary} sections={view.sections} statements={ofSections} />
      </ChoosingPlaces>
    </Page>
  );
}

/** The strip of the document's own pages; a segment opens its first page beside. */
function Strip({ summary, view }: { readonly summary: Summary; readonly view: SummaryView }) {
  const { query } = useApi();
  const { open } = useEvidence();
  const { id, documentId, documentName } = summary;
  const byDocument = { input: { id: documentId }, staleTime: 60_000, retry: false };
  const document = useQuery(query.documents.get.queryOptions(byDocument)).data;
  const pages = useQuery(query.documents.pages.queryOptions(byDocument)).data ?? [];
  const nodes = useQuery(
    query.summaries.nodes.queryOptions({ input: { id }, enabled: view.status !== 'running', retry: false }),
  ).data;
  const read = [
    ...view.sections.map(({ place }) => place),
    ...(nodes ?? []).filter(({ level }) => level === 0).map(({ place }) => place),
  ];
  const openSegment = ({ start, pages: range }: StripSegment): void => {
    if (document === undefined) return;
    const page = range === null ? {} : { page: range.first };
    // Nothing is highlighted: it is a page to look at, not a quotation.
    const place = { documentHash: document.hash, start, end: start, ...page };
    open({ documentId, documentName, place, mark: null, others: [] });
  };
  return (
    <CoverageStrip
      coverage={view.coverage}
      sections={view.sections}
      pages={pages}
      read={read}
      onOpen={document === undefined ? undefined : openSegment}
    />
  );
}

type WholeProps = OneSummaryPart & { readonly statements: readonly NumberedStatement[] };
type OneSummaryPart = { readonly summary: Summary; readonly view: SummaryView };

/** The whole document in short: statements with their places, or the text of a summary that has none. */
function Whole({ summary: { style }, view, statements }: WholeProps) {
  const { t } = useTranslation();
  const openLink = useOpenLink();
  const isRunning = view.status === 'running';
  if (statements.length === 0 && view.text === '') {
    return view.status === 'complete' && view.sections.length === 0 ? (
      <p className="text-base text-soft">{t('summary.noStatements')}</p>
    ) : null;
  }
  return (
    <section aria-label={t('summary.whole')}>
      {statements.length === 0 ? (
        <div className="max-w-[37em]">
          <Markdown text={view.text} isGrowing={isRunning} onOpenLink={openLink} />
        </div>
      ) : (
        <SummaryStatements style={style} statements={statements} />
      )}
    </section>
  );
}
