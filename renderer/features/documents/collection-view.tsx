import { Library } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../../electron/shared/library.ts';
import { useAddToCollection } from '../../api/use-library.ts';
import { useGo } from '../../lib/destination.ts';
import { documentFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { CollectionHeader } from './collection-header.tsx';
import { FileList } from './file-list.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { FoundPassages } from './found-passages.tsx';
import { NameDialog } from './name-dialog.tsx';
import { SearchField } from './search-field.tsx';
import { SourceList } from './source-list.tsx';
import type { CollectionEdits } from './use-collection-edits.ts';
import { useTypedSearch } from './use-typed-search.ts';

type LayerName = 'folder' | 'rename';
type CollectionViewProps = { readonly collection: Collection; readonly edits: CollectionEdits };

/** One collection: what it follows, what can be done with it, its files, and the search over them. */
export function CollectionView({ collection, edits }: CollectionViewProps) {
  const { t } = useTranslation('library');
  const go = useGo();
  const { id, name, sources } = collection;
  const [layer, setLayer] = useState<LayerName | null>(null);
  const search = useTypedSearch();
  const scope = useMemo(() => ({ documentIds: [], collectionIds: [id] }), [id]);
  const { addFiles } = useAddToCollection();
  const picker = useFilePicker({
    accept: documentFileTypes,
    isMultiple: true,
    label: t('collection.addFiles'),
    onFiles: (files) => addFiles.mutate({ id, files }, { onError: edits.onError }),
  });
  const adding = (
    <>
      <Button onClick={() => setLayer('folder')}>{t('collection.addFolder')}</Button>
      <Button onClick={picker.open} disabled={addFiles.isPending}>
        {t('collection.addFiles')}
      </Button>
    </>
  );
  return (
    <section aria-label={name} className="flex h-full flex-col gap-4 overflow-y-auto px-6 pt-2 pb-4 sm:px-8">
      {picker.input}
      <CollectionHeader
        collection={collection}
        edits={edits}
        onRename={() => setLayer('rename')}
        onRemove={() => edits.remove(collection, () => go({ page: 'documents' }))}
      />
      {sources.length === 0 ? (
        <EmptyState icon={Library} title={t('collection.emptyTitle')} actions={adding}>
          {t('collection.emptyText')}
        </EmptyState>
      ) : (
        <>
          <SourceList collection={collection} edits={edits} adding={adding} />
          <SearchField value={search.text} onChange={search.setText} />
          {search.wanted === '' ? (
            <FileList collection={collection} edits={edits} />
          ) : (
            <FoundPassages query={search.wanted} scope={scope} />
          )}
        </>
      )}
      <CollectionLayer layer={layer} collection={collection} edits={edits} onClose={() => setLayer(null)} />
    </section>
  );
}

type CollectionLayerProps = CollectionViewProps & { readonly layer: LayerName | null; readonly onClose: () => void };

/** What stands over the collection. */
function CollectionLayer({ layer, collection: { id, name }, edits, onClose }: CollectionLayerProps) {
  const { t } = useTranslation('library');
  const { addFolder } = useAddToCollection();
  const close = (): void => {
    onClose();
    addFolder.reset();
    edits.rename.reset();
  };
  switch (layer) {
    case null:
      return null;
    case 'folder':
      return (
        <FolderPicker
          error={addFolder.error}
          isAdding={addFolder.isPending}
          onChoose={(ticket) => addFolder.mutate({ id, ticket }, { onSuccess: close })}
          onClose={close}
        />
      );
    case 'rename':
      return (
        <NameDialog
          title={t('collection.renameTitle')}
          text={t('collection.newText')}
          submitLabel={t('collection.save')}
          name={name}
          error={edits.rename.error}
          onSubmit={(next) => edits.rename.mutate({ id, name: next }, { onSuccess: close })}
          onClose={close}
        />
      );
  }
}
