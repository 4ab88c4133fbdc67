import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { chatsFileTypes, documentFileTypes, modelFileTypes } from '../../lib/file-kinds.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { DropTarget } from './drop-target.tsx';
import { walkFolders } from './dropped-entries.ts';
import type { DroppedItems } from './dropped-entries.ts';
import { FileOffer } from './file-offer.tsx';
import type { FileChoice, OfferedFiles } from './file-work.ts';

/** Files and folders dropped anywhere, or chosen in the dialog, and what can be done with them. `layer` belongs on top of all pages. */
export function useFileOffer(): { readonly chooseFile: () => void; readonly layer: ReactElement } {
  const { t } = useTranslation();
  const { door } = useApi();
  const notify = useNotify();
  const [offered, setOffered] = useState<OfferedFiles | null>(null);
  const picker = useFilePicker({
    accept: `${documentFileTypes},${modelFileTypes},${chatsFileTypes}`,
    isMultiple: true,
    label: t('drop.choose'),
    onFiles: (files) => setOffered({ files, folders: [], walked: null, choice: null }),
  });
  const take = async ({ files, folders }: DroppedItems, choice: FileChoice | null): Promise<void> => {
    if (folders.length === 0) setOffered({ files, folders, walked: null, choice });
    // A folder that can be followed goes to a collection, wherever it was dropped.
    else if (door.folderTicketFor !== undefined) setOffered({ files, folders, walked: null, choice: 'collect' });
    else {
      notify({ text: t('drop.walking') });
      const { files: inside, ...walked } = await walkFolders(folders.map(({ entry }) => entry));
      // Nothing begins by itself: how many files these are is seen first.
      setOffered({ files: [...files, ...inside], folders: [], walked, choice: null });
    }
  };
  const layer = (
    <>
      {picker.input}
      <DropTarget onDrop={(items, choice) => void take(items, choice)} />
      {offered === null ? null : <FileOffer offered={offered} onClose={() => setOffered(null)} />}
    </>
  );
  return { chooseFile: picker.open, layer };
}
