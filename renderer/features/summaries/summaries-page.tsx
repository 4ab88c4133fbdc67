import { useQuery } from '@tanstack/react-query';
import { Plus, ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useStartSummary } from '../../api/use-document-work.ts';
import { useAddDocument } from '../../api/use-files.ts';
import { useGo } from '../../lib/destination.ts';
import { documentFileTypes } from '../../lib/file-kinds.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SummaryRow } from './summary-row.tsx';

/** Every summary, and the way to the next. */
export function SummariesPage() {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const summaries = useQuery(query.summaries.list.queryOptions());
  const add = useAddDocument();
  const start = useStartSummary();
  const summarise = async (file: File): Promise<void> => {
    const { id } = await add.mutateAsync(file);
    const { summaryId } = await start.mutateAsync({ documentId: id });
    go({ page: 'summary', summaryId });
  };
  const picker = useFilePicker({
    accept: documentFileTypes,
    label: t('summaries.choose'),
    // Both failures are shown below.
    onFiles: ([file]) => void (file === undefined ? undefined : summarise(file).catch(() => undefined)),
  });
  const button = (
    <Button look="accent" onClick={picker.open} disabled={add.isPending || start.isPending}>
      <Plus aria-hidden size={15} /> {t('summaries.choose')}
    </Button>
  );
  const failure = add.error ?? start.error ?? summaries.error;
  const isEmpty = summaries.data?.length === 0;
  return (
    <Page title={t('navigation.summaries')} lead={t('summaries.lead')} actions={isEmpty ? undefined : button}>
      {picker.input}
      {failure === null ? null : <FailureNotice error={toFailure(failure)} />}
      {summaries.isPending ? <Skeleton /> : null}
      {isEmpty ? (
        <EmptyState icon={ScrollText} title={t('summaries.emptyTitle')} actions={button}>
          {t('summaries.emptyText')}
        </EmptyState>
      ) : (
        // The keys move among the links inside, which are the controls.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul aria-label={t('navigation.summaries')} className="flex flex-col" onKeyDown={moveInList}>
          {summaries.data?.map((summary) => (
            <SummaryRow key={summary.id} summary={summary} />
          ))}
        </ul>
      )}
    </Page>
  );
}
