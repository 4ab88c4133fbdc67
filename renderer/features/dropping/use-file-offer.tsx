import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { chatsFileTypes, documentFileTypes, modelFileTypes } from '../../lib/file-kinds.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { DropTarget } from './drop-target.tsx';
import { FileOffer } from './file-offer.tsx';
import type { FileChoice } from './file-work.ts';

export type OfferedFiles = { readonly files: readonly File[]; readonly choice: FileChoice | null };

/** Files dropped anywhere, or chosen in the dialog, and what can be done with them. `layer` belongs on top of all pages. */
export function useFileOffer(): { readonly chooseFile: () => void; readonly layer: ReactElement } {
  const { t } = useTranslation();
  const [offered, setOffered] = useState<OfferedFiles | null>(null);
  const picker = useFilePicker({
    accept: `${documentFileTypes},${modelFileTypes},${chatsFileTypes}`,
    isMultiple: true,
    label: t('drop.choose'),
    onFiles: (files) => setOffered({ files, choice: null }),
  });
  const layer = (
    <>
      {picker.input}
      <DropTarget onDrop={setOffered} />
      {offered === null ? null : <FileOffer offered={offered} onClose={() => setOffered(null)} />}
    </>
  );
  return { chooseFile: picker.open, layer };
}
