import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Excerpt } from '../../../electron/shared/document.ts';
import type { Place } from '../../../electron/shared/place.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { EvidenceTarget } from '../../lib/evidence.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OtherPassages } from './other-passages.tsx';

/** Characters of the document that are shown before and after the place. */
const surroundingCharacters = 1_500;

type EvidenceColumnProps = {
  readonly target: EvidenceTarget;
  readonly onOpen: (target: EvidenceTarget) => void;
  readonly onClose: () => void;
};

/** The source itself: the document around the place, the place highlighted, the other passages below. */
export function EvidenceColumn({ target, onOpen, onClose }: EvidenceColumnProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const placeWords = usePlaceWords();
  const { documentId, documentName, place } = target;
  const start = Math.max(0, place.start - surroundingCharacters);
  const excerpt = useQuery(
    query.documents.excerpt.queryOptions({
      input: { id: documentId, start, end: place.end + surroundingCharacters },
      staleTime: Infinity,
    }),
  );
  return (
    <div className="flex h-full flex-col">
      <header className="drag-region before-window-controls flex h-11 shrink-0 items-center gap-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold" title={documentName}>
          {placeWords(documentName, place)}
        </h2>
        <IconButton size="small" icon={X} label={t('evidence.close')} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
        {excerpt.error === null ? null : <FailureNotice error={toFailure(excerpt.error)} />}
        {excerpt.data === undefined ? excerpt.error === null && <Skeleton lines={5} /> : null}
        {excerpt.data === undefined ? null : <ExcerptText excerpt={excerpt.data} place={place} />}
        <OtherPassages target={target} onOpen={onOpen} />
      </div>
    </div>
  );
}

/** The document's words; the place comes into sight by itself. */
function ExcerptText({ excerpt, place }: { readonly excerpt: Excerpt; readonly place: Place }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    const [highlight, box] = [mark.current, frame.current];
    if (highlight === null || box === null) return;
    const isTall = highlight.offsetHeight > box.clientHeight * 0.7;
    highlight.scrollIntoView({ block: isTall ? 'start' : 'center' });
  }, [excerpt, place]);
  const from = Math.max(0, place.start - excerpt.start);
  const to = Math.max(from, place.end - excerpt.start);
  return (
    <div
      ref={frame}
      role="region"
      aria-label={t('evidence.text')}
      // Scrolled by keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="max-h-[58vh] overflow-y-auto rounded-lg bg-raised p-4 shadow-card ring-1 ring-hairline"
    >
      <p className="selectable text-[13.5px] leading-[1.65] break-words whitespace-pre-wrap text-soft">
        {excerpt.start > 0 ? '… ' : ''}
        {excerpt.text.slice(0, from)}
        <mark ref={mark} className="scroll-mt-4 rounded-[3px] bg-mark px-0.5 py-px text-ink">
          {excerpt.text.slice(from, to)}
        </mark>
        {excerpt.text.slice(to)}
      </p>
    </div>
  );
}
