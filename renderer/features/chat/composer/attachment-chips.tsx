import { FileText, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../../electron/shared/ids.ts';
import { useDocuments } from '../../../api/use-live.ts';

type AttachmentChipsProps = {
  readonly documentIds: readonly DocumentId[];
  readonly onChange: (documentIds: readonly DocumentId[]) => void;
};

/** The documents that the next question is asked of, each with its progress and a way to take it out. */
export function AttachmentChips({ documentIds, onChange }: AttachmentChipsProps) {
  const { t, i18n } = useTranslation();
  const documents = useDocuments() ?? [];
  if (documentIds.length === 0) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <ul aria-label={t('composer.attachments')} className="flex flex-wrap gap-1.5 px-3 pt-3">
      {documentIds.map((id) => {
        const document = documents.find((candidate) => candidate.id === id);
        const isIndexing = document?.status === 'indexing' && document.passages > 0;
        return (
          <li key={id} className="flex h-7 max-w-full items-center gap-1.5 rounded-md bg-hover pl-2 text-sm">
            <FileText aria-hidden size={14} className="shrink-0 text-faint" />
            <span className="truncate">{document?.name ?? t('documents.unknown')}</span>
            {isIndexing ? (
              <span className="numeric shrink-0 text-xs text-faint">
                {t('documents.indexingShare', {
                  percent: percent.format(document.passagesIndexed / document.passages),
                })}
              </span>
            ) : null}
            <button
              type="button"
              className="flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
              aria-label={t('composer.detach', { name: document?.name ?? '' })}
              onClick={() => onChange(documentIds.filter((candidate) => candidate !== id))}
            >
              <X aria-hidden size={13} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
