import { Plus, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentDescription } from '../../../electron/shared/document.ts';
import { toFailure } from '../../api/failure.ts';
import { useStartSummary } from '../../api/use-document-work.ts';
import { useAddDocument } from '../../api/use-files.ts';
import { useSettings } from '../../api/use-live.ts';
import { useSummaries } from '../../api/use-summaries.ts';
import { useGo } from '../../lib/destination.ts';
import { documentFileTypes } from '../../lib/file-kinds.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SummaryDialog } from './summary-dialog.tsx';
import { SummaryRow } from './summary-row.tsx';
import { inOrder, queuePosition } from './summary-view.ts';
import { useSummaryEdits } from './use-summary-edits.ts';

/** Every summary: what is being read, what waits, and what is there; and the way to the next. */
export function SummariesPage() {
  const { t } = useTranslation();
  const { list, error } = useSummaries();
  const edits = useSummaryEdits();
  const add = useAddDocument();
  const [document, setDocument] = useState<DocumentDescription | null>(null);
  const picker = useFilePicker({
    accept: documentFileTypes,
    label: t('summaries.choose'),
    onFiles: ([file]) => (file === undefined ? undefined : add.mutate(file, { onSuccess: setDocument })),
  });
  const button = (
    <Button look="accent" onClick={picker.open} disabled={add.isPending}>
      <Plus aria-hidden size={15} /> {t('summaries.choose')}
    </Button>
  );
  const failure = add.error ?? error;
  const isEmpty = list?.length === 0;
  return (
    <Page title={t('navigation.summaries')} lead={t('summaries.lead')} actions={isEmpty ? undefined : button}>
      {picker.input}
      {failure === null ? null : <FailureNotice error={toFailure(failure)} />}
      {add.isPending ? (
        <p role="status" className="text-base text-soft">
          {t('summaries.adding', { name: add.variables.name })}
        </p>
      ) : null}
      {list === undefined && error === null ? <Skeleton /> : null}
      {isEmpty ? (
        <EmptyState icon={ScrollText} title={t('summaries.emptyTitle')} actions={button}>
          {t('summaries.emptyText')}
        </EmptyState>
      ) : (
        // The keys move among the links inside, which are the controls.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul aria-label={t('navigation.summaries')} className="flex flex-col" onKeyDown={moveInList}>
          {inOrder(list ?? []).map((summary) => (
            <SummaryRow
              key={summary.id}
              summary={summary}
              position={queuePosition(list ?? [], summary)}
              edits={edits}
            />
          ))}
        </ul>
      )}
      {document === null ? null : <StartSummary document={document} onClose={() => setDocument(null)} />}
    </Page>
  );
}

type StartSummaryProps = {
  readonly document: Pick<DocumentDescription, 'id' | 'name'>;
  readonly onClose: () => void;
};

/** Asks what kind of summary of a document, and begins it. */
function StartSummary({ document: { id, name }, onClose }: StartSummaryProps) {
  const go = useGo();
  const start = useStartSummary();
  const settings = useSettings();
  if (settings === undefined) return null;
  return (
    <SummaryDialog
      name={name}
      initial={{ style: settings.summaryStyle, length: 'medium', focus: '' }}
      isBusy={start.isPending}
      error={start.error === null ? null : toFailure(start.error)}
      onStart={(request) =>
        start.mutate({ documentId: id, request }, { onSuccess: ({ summaryId }) => go({ page: 'summary', summaryId }) })
      }
      onClose={onClose}
    />
  );
}
