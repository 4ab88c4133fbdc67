import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { PassagesRow } from './passages-row.tsx';

type NotInDocumentsProps = { readonly passages: readonly CitedPassage[]; readonly onOpen: (mark: number) => void };

/** The honest answer when the documents have none, with what came closest. */
export function NotInDocuments({ passages, onOpen }: NotInDocumentsProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <p className="prose flex items-baseline gap-2.5">
        <SearchX aria-hidden size={16} className="shrink-0 translate-y-0.5 text-faint" />
        <span>{t('notice.not-in-documents')}</span>
      </p>
      {passages.length === 0 ? null : (
        <>
          <p className="text-sm text-faint">{t('evidence.closest')}</p>
          <PassagesRow passages={passages} isInitiallyOpen onOpen={onOpen} />
        </>
      )}
    </div>
  );
}
