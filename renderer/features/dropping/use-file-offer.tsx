import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { WindowRequest } from '../../../electron/shared/desktop.ts';
import { folderTicketSchema } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { chatsFileTypes, documentFileTypes, modelFileTypes } from '../../lib/file-kinds.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { DropTarget } from './drop-target.tsx';
import { walkFolders } from './dropped-entries.ts';
import type { DroppedItems } from './dropped-entries.ts';
import { FileOffer } from './file-offer.tsx';
import type { FileChoice, OfferedFiles } from './file-work.ts';

/** Files and folders that the shell offers, as a drop offers them. */
export type ShellOffer = Extract<WindowRequest, { readonly type: 'offer-files' }>;

/** Each turn is a dialog of its own. */
type Offers = { readonly offers: readonly OfferedFiles[]; readonly turn: number };

type FileOfferActions = {
  readonly chooseFile: () => void;
  readonly offerFromShell: (offer: ShellOffer) => void;
  readonly layer: ReactElement;
};

/**
 * Files and folders dropped anywhere, chosen in the dialog or opened with the app, and what can be done with them. What comes
 * while others are on offer waits for its turn. `layer` belongs on top of all pages.
 */
export function useFileOffer(): FileOfferActions {
  const { t } = useTranslation(['window', 'desktop']);
  const { door } = useApi();
  const notify = useNotify();
  const [{ offers, turn }, setOffers] = useState<Offers>({ offers: [], turn: 0 });
  const [offered] = offers;
  const offer = (next: OfferedFiles): void => setOffers((before) => ({ ...before, offers: [...before.offers, next] }));
  const closeFirst = (): void => setOffers((before) => ({ offers: before.offers.slice(1), turn: before.turn + 1 }));
  const picker = useFilePicker({
    accept: `${documentFileTypes},${modelFileTypes},${chatsFileTypes}`,
    isMultiple: true,
    label: t('drop.choose'),
    onFiles: (files) => offer({ files, folders: [], walked: null, choice: null }),
  });
  const take = async ({ files, folders }: DroppedItems, choice: FileChoice | null): Promise<void> => {
    if (folders.length === 0) offer({ files, folders, walked: null, choice });
    // A folder that can be followed goes to a collection, wherever it was dropped.
    else if (door.folderTicketFor !== undefined) offer({ files, folders, walked: null, choice: 'collect' });
    else {
      notify({ text: t('drop.walking') });
      const { files: inside, ...walked } = await walkFolders(folders.map(({ entry }) => entry));
      // Nothing begins by itself: how many files these are is seen first.
      offer({ files: [...files, ...inside], folders: [], walked, choice: null });
    }
  };
  const layer = (
    <>
      {picker.input}
      <DropTarget onDrop={(items, choice) => void take(items, choice)} />
      {offered === undefined ? null : <FileOffer key={turn} offered={offered} onClose={closeFirst} />}
    </>
  );
  const offerFromShell = ({ files, leftOut }: ShellOffer): void => {
    const folders = files
      .filter(({ isFolder }) => isFolder)
      .map(({ name, ticket }) => ({ name, ticket: folderTicketSchema.parse(ticket) }));
    const single = files.filter(({ isFolder }) => !isFolder);
    if (files.length === 0) notify({ text: t('desktop:refused.not-a-file'), isProblem: true });
    else offer({ files: single, folders, walked: null, choice: folders.length > 0 ? 'collect' : null, leftOut });
  };
  return { chooseFile: picker.open, offerFromShell, layer };
}
