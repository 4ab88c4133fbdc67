import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryFileStatusSchema } from '../../../electron/shared/library.ts';
import type { Collection } from '../../../electron/shared/library.ts';
import { toFailure } from '../../api/failure.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FileRow } from './file-row.tsx';
import { useCollectionFiles } from './use-collection-files.ts';
import type { FileFilter } from './use-collection-files.ts';
import type { CollectionEdits } from './use-collection-edits.ts';

const rowHeight = 52;
/** Rows above and below the shown ones: the arrow keys always find the next. */
const overscan = 8;
const typingPauseMs = 150;
/** Before the list has been measured. */
const initialRect = { width: 640, height: 600 };

type FileListProps = { readonly collection: Collection; readonly edits: CollectionEdits };

/** The files of a collection, filtered by name and status. */
export function FileList({ collection, edits }: FileListProps) {
  const { t } = useTranslation('library');
  const [text, setText] = useState('');
  const [status, setStatus] = useState<FileFilter['status']>(null);
  const filter = { query: useSettled(text, typingPauseMs).trim(), status };
  return (
    <div className="flex min-h-72 flex-1 flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <input
          type="search"
          value={text}
          maxLength={500}
          aria-label={t('files.filter')}
          placeholder={t('files.filter')}
          className="h-8 min-w-32 flex-1 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label={t('files.status')}
          value={status ?? 'any'}
          options={[
            { value: 'any' as const, label: t('files.anyStatus') },
            ...libraryFileStatusSchema.options.map((value) => ({ value, label: t(`files.${value}`) })),
          ]}
          onChange={(value) => setStatus(value === 'any' ? null : value)}
        />
      </div>
      <Rows key={`${filter.query} ${status ?? ''}`} collection={collection} filter={filter} edits={edits} />
    </div>
  );
}

type RowsProps = FileListProps & { readonly filter: FileFilter };

/** Only the rows in sight are in the page, and only their files are asked for. */
function Rows({ collection, filter, edits }: RowsProps) {
  const { t } = useTranslation('library');
  const scroller = useRef<HTMLDivElement>(null);
  const [total, setTotal] = useState(0);
  // Its answers change with every scroll, so nothing here is remembered from one showing to the next.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    initialRect,
  });
  const items = virtual.getVirtualItems();
  const files = useCollectionFiles(collection, filter, {
    first: items.at(0)?.index ?? 0,
    last: items.at(-1)?.index ?? 0,
  });
  if (files.total !== null && files.total !== total) setTotal(files.total);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Home') virtual.scrollToIndex(0);
    if (event.key === 'End') virtual.scrollToIndex(total - 1);
    moveInList(event);
  };
  return (
    <>
      {files.error === null ? null : <FailureNotice error={toFailure(files.error)} />}
      {files.total === null && files.error === null ? <Skeleton lines={5} /> : null}
      {files.total === 0 ? <p className="py-4 text-base text-soft">{t('files.none')}</p> : null}
      {/* The keys move among the buttons inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={scroller} className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2" onKeyDown={onKeyDown}>
        <ul
          aria-label={t('files.label', { name: collection.name })}
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map(({ index, start }) => {
            const file = files.at(index);
            return (
              <li
                key={index}
                ref={virtual.measureElement}
                data-index={index}
                className="absolute inset-x-0 min-h-[52px] border-b border-hairline"
                style={{ top: start }}
              >
                {file === undefined ? null : (
                  <FileRow file={file} onRetry={() => edits.retryFile.mutate({ id: file.id })} />
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
