import { FileText, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { useAddDocument } from '../../api/use-files.ts';
import { useDocuments } from '../../api/use-live.ts';
import { documentFileTypes } from '../../lib/file-kinds.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DocumentRow } from './document-row.tsx';
import { FoundPassages } from './found-passages.tsx';
import { ReadingNow } from './reading-now.tsx';
import { SearchField } from './search-field.tsx';
import { useTypedSearch } from './use-typed-search.ts';

/** As many as one search is asked of. */
const longestScope = 1_000;

/** Every document that was added by itself, whether it can be read, and what can be done with it. */
export function SingleDocuments() {
  const { t } = useTranslation(['window', 'library']);
  const all = useDocuments();
  const documents = useMemo(() => all?.filter(({ isLoose }) => isLoose), [all]);
  const search = useTypedSearch();
  const scope = useMemo(
    () => ({ documentIds: (documents ?? []).slice(0, longestScope).map(({ id }) => id), collectionIds: [] }),
    [documents],
  );
  const add = useAddDocument();
  const addAll = async (files: readonly File[]): Promise<void> => {
    // The first that fails is shown and ends the row; those before it are in the list.
    for (const file of files) await add.mutateAsync(file);
  };
  const picker = useFilePicker({
    accept: documentFileTypes,
    isMultiple: true,
    label: t('documents.add'),
    onFiles: (files) => void addAll(files).catch(() => undefined),
  });
  const addButton = (
    <Button look="accent" onClick={picker.open} disabled={add.isPending}>
      <Plus aria-hidden size={15} /> {t('documents.add')}
    </Button>
  );
  const isEmpty = documents?.length === 0;
  return (
    <Page title={t('library:lists.single')} lead={t('library:single.lead')} actions={isEmpty ? undefined : addButton}>
      {picker.input}
      {add.error === null ? null : <FailureNotice error={toFailure(add.error)} />}
      <ReadingNow />
      {documents === undefined ? <Skeleton /> : null}
      {isEmpty ? (
        <EmptyState icon={FileText} title={t('library:single.emptyTitle')} actions={addButton}>
          {t('library:single.emptyText')}
        </EmptyState>
      ) : (
        <SearchField value={search.text} onChange={search.setText} />
      )}
      {search.wanted === '' ? (
        // The keys move among the buttons inside, which are the controls.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul aria-label={t('navigation.documents')} className="flex flex-col" onKeyDown={moveInList}>
          {documents?.map((document) => (
            <DocumentRow key={document.id} document={document} />
          ))}
        </ul>
      ) : (
        <FoundPassages query={search.wanted} scope={scope} />
      )}
    </Page>
  );
}
