import { FileText, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../../electron/shared/ids.ts';
import { useDocuments } from '../../../api/use-live.ts';

type AttachmentChipsProps = {
  readonly documentIds: readonly DocumentId[];
  /** A pasted text is on its way. */
  readonly isTaking: boolean;
  readonly undoOf: (id: DocumentId) => (() => void) | undefined;
  readonly onChange: (documentIds: readonly DocumentId[]) => void;
};

const chipClass = 'flex h-7 max-w-full items-center gap-1.5 rounded-md bg-hover pl-2 text-sm';
const buttonClass =
  'flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink';

/** The documents that the next question is asked of, each with its progress and a way to take it out. */
export function AttachmentChips({ documentIds, isTaking, undoOf, onChange }: AttachmentChipsProps) {
  const { t, i18n } = useTranslation(['window', 'chat']);
  const documents = useDocuments() ?? [];
  if (documentIds.length === 0 && !isTaking) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <ul aria-label={t('composer.attachments')} className="flex flex-wrap gap-1.5 px-3 pt-3">
      {documentIds.map((id) => {
        const document = documents.find((candidate) => candidate.id === id);
        const isIndexing = document?.status === 'indexing' && document.passages > 0;
        const undo = undoOf(id);
        const name = document?.name ?? t('documents.unknown');
        return (
          <li key={id} className={chipClass}>
            <FileText aria-hidden size={14} className="shrink-0 text-faint" />
            <span className="truncate">{undo === undefined ? name : name.replace(/\.txt$/, '')}</span>
            {isIndexing ? (
              <span className="numeric shrink-0 text-xs text-faint">
                {t('documents.indexingShare', {
                  percent: percent.format(document.passagesIndexed / document.passages),
                })}
              </span>
            ) : null}
            {undo === undefined ? null : (
              <button
                type="button"
                className={buttonClass}
                aria-label={t('chat:pasted.undo')}
                title={t('chat:pasted.undo')}
                onClick={undo}
              >
                <Undo2 aria-hidden size={13} />
              </button>
            )}
            <button
              type="button"
              className={buttonClass}
              aria-label={t('composer.detach', { name })}
              onClick={() => onChange(documentIds.filter((candidate) => candidate !== id))}
            >
              <X aria-hidden size={13} />
            </button>
          </li>
        );
      })}
      {isTaking ? (
        <li className={`${chipClass} pr-2`}>
          <FileText aria-hidden size={14} className="shrink-0 text-faint" />
          <span role="status" className="text-soft">
            {t('chat:pasted.taking')}
          </span>
        </li>
      ) : null}
    </ul>
  );
}
