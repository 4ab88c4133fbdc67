import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { EvidenceTarget } from '../../lib/evidence.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LeftOut } from '../../ui/left-out.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OtherPassages } from './other-passages.tsx';
import { PageViewer } from './page-viewer.tsx';
import { TextViewer } from './text-viewer.tsx';

type EvidenceColumnProps = {
  readonly target: EvidenceTarget;
  readonly onOpen: (target: EvidenceTarget) => void;
  readonly onClose: () => void;
};

/** The source itself: the page or the text around the place, the place highlighted, the other passages below. */
export function EvidenceColumn({ target, onOpen, onClose }: EvidenceColumnProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const placeWords = usePlaceWords();
  const { documentId, documentName, place } = target;
  const document = useQuery(query.documents.get.queryOptions({ input: { id: documentId } }));
  const key = `${documentId} ${place.start} ${place.end}`;
  return (
    <div className="flex h-full flex-col">
      <header className="drag-region before-window-controls flex h-11 shrink-0 items-center gap-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold" title={documentName}>
          {place.end === 0 ? documentName : placeWords(documentName, place)}
        </h2>
        <IconButton size="small" icon={X} label={t('evidence.close')} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
        {document.error === null ? null : <FailureNotice error={toFailure(document.error)} />}
        {document.data === undefined && document.error === null ? <Skeleton lines={5} /> : null}
        {document.data === undefined ? null : document.data.pages === null ? (
          <TextViewer key={key} documentId={documentId} place={place} />
        ) : (
          <PageViewer key={key} document={document.data} place={place} pageCount={document.data.pages} />
        )}
        <OtherPassages target={target} onOpen={onOpen} />
        {document.data === undefined ? null : <LeftOut report={document.data.report} />}
      </div>
    </div>
  );
}
