import { FileText, Library, Plus, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionId } from '../../../electron/shared/ids.ts';
import type { Collection } from '../../../electron/shared/library.ts';
import { useDocuments } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';

type CollectionListProps = {
  readonly collections: readonly Collection[];
  readonly chosenId: CollectionId | null;
  readonly onNew: () => void;
};

/** All collections with how far each is, and the documents that belong to none; a row of links where the page is narrow. */
export function CollectionList({ collections, chosenId, onNew }: CollectionListProps) {
  const { t, i18n } = useTranslation('library');
  const loose = useDocuments()?.filter(({ isLoose }) => isLoose).length ?? 0;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <nav
      aria-label={t('lists.label')}
      className="flex shrink-0 flex-col gap-1 border-hairline px-3 pb-2 @max-3xl:border-b @3xl:w-56 @3xl:overflow-y-auto @3xl:border-r @3xl:pt-2"
    >
      <div className="flex items-center justify-between pl-2">
        <h2 className="text-sm font-semibold text-faint">{t('lists.title')}</h2>
        <IconButton size="small" icon={Plus} label={t('lists.new')} onClick={onNew} />
      </div>
      {/* The keys move among the links inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="flex gap-0.5 @max-3xl:overflow-x-auto @3xl:flex-col" onKeyDown={moveInList}>
        {collections.map((collection) => (
          <li key={collection.id} className="@max-3xl:max-w-48 @max-3xl:shrink-0">
            <Entry
              to={{ page: 'documents', collectionId: collection.id }}
              icon={Library}
              name={collection.name}
              isChosen={collection.id === chosenId}
              detail={<CollectionState collection={collection} />}
            />
          </li>
        ))}
        <li className="@max-3xl:shrink-0 @3xl:mt-2 @3xl:border-t @3xl:border-hairline @3xl:pt-2">
          <Entry
            to={{ page: 'documents' }}
            icon={FileText}
            name={t('lists.single')}
            isChosen={chosenId === null}
            detail={t('lists.documents', { count: loose, documents: number.format(loose) })}
          />
        </li>
      </ul>
    </nav>
  );
}

/** How many files, how many of them are read, and whether a folder is missing. */
function CollectionState({ collection: { counts, sources, isPaused } }: { readonly collection: Collection }) {
  const { t, i18n } = useTranslation('library');
  const number = new Intl.NumberFormat(i18n.language);
  const isMissing = sources.some(({ state }) => state === 'missing' || state === 'unreadable');
  const done = counts.total - counts.pending;
  if (isMissing) {
    return (
      <span className="flex items-center gap-1 text-cloud">
        <TriangleAlert aria-hidden size={12} className="shrink-0" />
        <span className="truncate">{t('lists.missing')}</span>
      </span>
    );
  }
  if (counts.pending > 0) {
    return t(isPaused ? 'lists.paused' : 'lists.reading', {
      done: number.format(done),
      total: number.format(counts.total),
    });
  }
  return t('lists.files', { count: counts.total, files: number.format(counts.total) });
}

type EntryProps = {
  readonly to: Destination;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly isChosen: boolean;
  readonly detail: ReactNode;
};

function Entry({ to, icon: Icon, name, isChosen, detail }: EntryProps) {
  return (
    <a
      data-list-item
      href={addressOf(to)}
      aria-current={isChosen ? 'page' : undefined}
      className={classNames(
        'flex min-h-11 items-center gap-2.5 rounded-md px-2 py-1',
        isChosen ? 'bg-accent-wash' : 'hover:bg-hover',
      )}
    >
      <Icon
        aria-hidden
        size={16}
        strokeWidth={1.6}
        className={isChosen ? 'shrink-0 text-accent' : 'shrink-0 text-faint'}
      />
      <span className="flex min-w-0 flex-col">
        <span className="truncate text-base font-medium">{name}</span>
        <span className="numeric truncate text-xs text-soft">{detail}</span>
      </span>
    </a>
  );
}
