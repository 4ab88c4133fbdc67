import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerLeftUp, Folder, HardDrive } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderTicket } from '../../../electron/shared/ids.ts';
import type { FolderListing } from '../../../electron/shared/library.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

type FolderPickerProps = {
  readonly error: unknown;
  readonly isAdding: boolean;
  readonly onChoose: (ticket: FolderTicket) => void;
  readonly onClose: () => void;
};

type Step = { readonly ticket: FolderTicket | null; readonly name: string };

/** Chooses a folder among those that the app shows; the page never learns a path that it could name. */
export function FolderPicker({ error, isAdding, onChoose, onClose }: FolderPickerProps) {
  const { t } = useTranslation('library');
  const { query } = useApi();
  const [ticket, setTicket] = useState<FolderTicket | null>(null);
  // The way here, for the line of steps; a place begins a new one.
  const [trail, setTrail] = useState<readonly Step[]>([]);
  const listing = useQuery({
    ...query.library.openFolder.queryOptions({ input: { ticket }, staleTime: 0 }),
    placeholderData: keepPreviousData,
  });
  const shown = listing.data;
  const enter = (next: FolderTicket): void => {
    if (shown !== undefined) setTrail([...trail, { ticket: shown.ticket, name: shown.name }]);
    setTicket(next);
  };
  const jump = (next: FolderTicket | null, steps: readonly Step[]): void => {
    setTrail(steps);
    setTicket(next);
  };
  const failure = listing.error ?? error;
  return (
    <FormDialog
      title={t('picker.title')}
      text={t('picker.text')}
      submitLabel={t('picker.choose', { name: shown?.name ?? '…' })}
      canSubmit={shown !== undefined && !isAdding && !listing.isPlaceholderData && listing.error === null}
      onSubmit={() => (shown === undefined ? undefined : onChoose(shown.ticket))}
      onClose={onClose}
    >
      {failure === null ? null : <FailureNotice error={toFailure(failure)} />}
      {shown === undefined && listing.error === null ? <Skeleton lines={4} /> : null}
      {shown === undefined ? null : (
        <div className="flex min-h-0 flex-col gap-3 sm:flex-row">
          <Places listing={shown} onChoose={(place) => jump(place, [])} />
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <Trail trail={trail} listing={shown} onJump={jump} />
            <Folders listing={shown} onUp={(parent) => jump(parent, trail.slice(0, -1))} onEnter={enter} />
          </div>
        </div>
      )}
    </FormDialog>
  );
}

type PlacesProps = { readonly listing: FolderListing; readonly onChoose: (ticket: FolderTicket) => void };

function Places({ listing, onChoose }: PlacesProps) {
  const { t } = useTranslation('library');
  return (
    // The keys move among the buttons inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul
      aria-label={t('picker.places')}
      className="flex shrink-0 gap-0.5 overflow-auto sm:max-h-72 sm:w-36 sm:flex-col"
      onKeyDown={moveInList}
    >
      {listing.places.map(({ ticket, name }) => (
        <li key={ticket}>
          <FolderButton icon={HardDrive} name={name} onChoose={() => onChoose(ticket)} />
        </li>
      ))}
    </ul>
  );
}

type TrailProps = {
  readonly trail: readonly Step[];
  readonly listing: FolderListing;
  readonly onJump: (ticket: FolderTicket | null, steps: readonly Step[]) => void;
};

/** The steps that led here, each a way back, and where this is. */
function Trail({ trail, listing, onJump }: TrailProps) {
  const { t } = useTranslation('library');
  return (
    <nav aria-label={t('picker.here')} className="flex flex-col">
      <ol className="flex flex-wrap items-center text-sm">
        {trail.map(({ ticket, name }, index) => (
          <li key={ticket} className="flex max-w-40 items-center">
            <button
              type="button"
              className="min-h-6 min-w-6 truncate rounded-sm px-1 text-soft hover:bg-hover hover:text-ink"
              onClick={() => onJump(ticket, trail.slice(0, index))}
            >
              {name}
            </button>
            <span aria-hidden className="text-faint">
              ›
            </span>
          </li>
        ))}
        <li aria-current="location" className="min-w-0 truncate px-1 font-medium">
          {listing.name}
        </li>
      </ol>
      <p className="selectable truncate px-1 text-xs text-faint" title={listing.displayPath}>
        {listing.displayPath} · {t('picker.files', { count: listing.files })}
      </p>
    </nav>
  );
}

type FoldersProps = {
  readonly listing: FolderListing;
  readonly onUp: (ticket: FolderTicket) => void;
  readonly onEnter: (ticket: FolderTicket) => void;
};

function Folders({ listing, onUp, onEnter }: FoldersProps) {
  const { t } = useTranslation('library');
  const { parent, folders, name } = listing;
  return (
    // The keys move among the buttons inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul
      aria-label={t('picker.folders', { name })}
      className="flex h-64 flex-col overflow-y-auto rounded-md p-1 ring-1 ring-hairline"
      onKeyDown={moveInList}
    >
      {parent === null ? null : (
        <li>
          <FolderButton icon={CornerLeftUp} name={t('picker.up')} onChoose={() => onUp(parent)} />
        </li>
      )}
      {folders.map((folder) => (
        <li key={folder.ticket}>
          <FolderButton icon={Folder} name={folder.name} onChoose={() => onEnter(folder.ticket)} />
        </li>
      ))}
      {folders.length === 0 ? <li className="px-2 py-1.5 text-sm text-soft">{t('picker.empty')}</li> : null}
    </ul>
  );
}

type FolderButtonProps = { readonly icon: LucideIcon; readonly name: string; readonly onChoose: () => void };

function FolderButton({ icon: Icon, name, onChoose }: FolderButtonProps) {
  return (
    <button
      data-list-item
      type="button"
      className="flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-base hover:bg-hover"
      onClick={onChoose}
    >
      <Icon aria-hidden size={15} strokeWidth={1.6} className="shrink-0 text-faint" />
      <span className="truncate">{name}</span>
    </button>
  );
}
