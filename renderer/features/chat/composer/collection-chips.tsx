import { Library, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CollectionId } from '../../../../electron/shared/ids.ts';
import { useCollections } from '../../../api/use-library.ts';
import { addressOf } from '../../../lib/destination.ts';

type CollectionChipsProps = {
  readonly collectionIds: readonly CollectionId[];
  readonly onCollections: (collectionIds: readonly CollectionId[]) => void;
};

/** The collections that the next question is asked of, each the way to its page and with a way to take it out. */
export function CollectionChips({ collectionIds, onCollections }: CollectionChipsProps) {
  const { t } = useTranslation(['library', 'window']);
  const collections = useCollections();
  if (collectionIds.length === 0) return null;
  return (
    <ul aria-label={t('lists.title')} className="flex flex-wrap gap-1.5 px-3 pt-3">
      {collectionIds.map((id) => {
        const collection = collections?.find((candidate) => candidate.id === id);
        const name = collection?.name ?? (collections === undefined ? '…' : t('scope.unknown'));
        return (
          <li key={id} className="flex h-7 max-w-full items-center rounded-md bg-hover text-sm">
            <a
              href={addressOf({ page: 'documents', collectionId: id })}
              className="flex h-7 min-w-0 items-center gap-1.5 rounded-md pl-2 hover:text-accent"
            >
              <Library aria-hidden size={14} className="shrink-0 text-faint" />
              <span className="truncate">{name}</span>
            </a>
            <button
              type="button"
              className="flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
              aria-label={t('scope.detach', { name })}
              onClick={() => onCollections(collectionIds.filter((candidate) => candidate !== id))}
            >
              <X aria-hidden size={13} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
