import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { WindowRequest } from '../../../electron/shared/desktop.ts';
import { folderTicketSchema } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { chatsFileTypes, documentFileTypes, modelFileTypes } from '../../lib/file-kinds.ts';
import { usePrefill } from '../../lib/use-prefill.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { DropTarget } from './drop-target.tsx';
import { droppedFileLimit, walkFolders } from './dropped-entries.ts';
import type { DroppedItems } from './dropped-entries.ts';
import type { DroppedLink } from './dropped-link.ts';
import { FileOffer } from './file-offer.tsx';
import type { FileChoice, OfferedFiles } from './file-work.ts';

/** Files and folders that the shell offers, as a drop offers them. */
export type ShellOffer = Extract<WindowRequest, { readonly type: 'offer-files' }>;

const linkWords = {
  'too-long': 'drop.linkTooLong',
  'file-address': 'drop.fileAddress',
  nothing: 'drop.nothing',
} as const satisfies Readonly<Record<Exclude<DroppedLink['type'], 'link'>, string>>;

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
  const prefill = usePrefill();
  const [{ offers, turn }, setOffers] = useState<Offers>({ offers: [], turn: 0 });
  const [offered] = offers;
  const offer = (next: OfferedFiles): void => setOffers((before) => ({ ...before, offers: [...before.offers, next] }));
  const closeFirst = (): void => setOffers((before) => ({ offers: before.offers.slice(1), turn: before.turn + 1 }));
  const picker = useFilePicker({
    accept: `${documentFileTypes},${modelFileTypes},${chatsFileTypes}`,
    isMultiple: true,
    label: t('drop.choose'),
    onFiles: (chosen) => {
      const files = chosen.slice(0, droppedFileLimit);
      offer({ files, folders: [], walked: null, choice: null, beyondLimit: chosen.length - files.length });
    },
  });
  const take = async (
    { files, folders, leftOut: beyondLimit }: DroppedItems,
    choice: FileChoice | null,
  ): Promise<void> => {
    // Nothing begins by itself when something was left out: that is read first.
    if (folders.length === 0)
      offer({ files, folders, walked: null, choice: beyondLimit === 0 ? choice : null, beyondLimit });
    // A folder that can be followed goes to a collection, wherever it was dropped.
    else if (door.folderTicketFor !== undefined)
      offer({ files, folders, walked: null, choice: 'collect', beyondLimit });
    else {
      notify({ text: t('drop.walking') });
      const { files: inside, ...walked } = await walkFolders(folders.map(({ entry }) => entry));
      // Nothing begins by itself: how many files these are is seen first.
      offer({ files: [...files, ...inside], folders: [], walked, choice: null, beyondLimit });
    }
  };
  const takeLink = (link: DroppedLink): void => {
    if (link.type !== 'link') return notify({ text: t(linkWords[link.type]), isProblem: true });
    prefill(link.text);
    notify({ text: t('drop.link') });
  };
  const takePicture = (items: DroppedItems, choice: FileChoice | null): void => {
    // A browser has the bytes of the picture; the desktop takes files by where they lie, and this one lies nowhere.
    if (door.kind === 'browser') void take(items, choice);
    else notify({ text: t('drop.picture'), isProblem: true });
  };
  const layer = (
    <>
      {picker.input}
      <DropTarget onDrop={(items, choice) => void take(items, choice)} onLink={takeLink} onPicture={takePicture} />
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
