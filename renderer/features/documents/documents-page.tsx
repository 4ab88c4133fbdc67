import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionId } from '../../../electron/shared/ids.ts';
import { useCollections } from '../../api/use-library.ts';
import { useGo } from '../../lib/destination.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CollectionList } from './collection-list.tsx';
import { CollectionView } from './collection-view.tsx';
import { NameDialog } from './name-dialog.tsx';
import { SingleDocuments } from './single-documents.tsx';
import { useCollectionEdits } from './use-collection-edits.ts';

type DocumentsPageProps = {
  /** The collection that is shown; null for the documents that were added one by one. */
  readonly collectionId: CollectionId | null;
};

/** Collections beside the files of the chosen one, and the documents that belong to none. */
export function DocumentsPage({ collectionId }: DocumentsPageProps) {
  const { t } = useTranslation('library');
  const go = useGo();
  const collections = useCollections();
  const edits = useCollectionEdits();
  const [isNaming, setNaming] = useState(false);
  const chosen = collections?.find(({ id }) => id === collectionId);
  return (
    // What the page has decides, not the window: beside an open document, a column for the collections would leave the
    // passages less than half a line.
    <div className="@container h-full">
      <div className="flex h-full flex-col @3xl:flex-row">
        <CollectionList collections={collections ?? []} chosenId={chosen?.id ?? null} onNew={() => setNaming(true)} />
        <div className="min-h-0 min-w-0 flex-1">
          {collectionId !== null && collections === undefined ? (
            <div className="px-8 pt-4">
              <Skeleton lines={4} />
            </div>
          ) : chosen === undefined ? (
            <SingleDocuments />
          ) : (
            <CollectionView key={chosen.id} collection={chosen} edits={edits} />
          )}
        </div>
      </div>
      {isNaming ? (
        <NameDialog
          title={t('collection.newTitle')}
          text={t('collection.newText')}
          submitLabel={t('collection.create')}
          name=""
          error={edits.create.error}
          onSubmit={(name) =>
            edits.create.mutate(
              { name },
              {
                onSuccess: ({ id }) => {
                  setNaming(false);
                  go({ page: 'documents', collectionId: id });
                },
              },
            )
          }
          onClose={() => {
            edits.create.reset();
            setNaming(false);
          }}
        />
      ) : null}
    </div>
  );
}
