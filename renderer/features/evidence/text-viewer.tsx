import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../electron/shared/ids.ts';
import type { Place } from '../../../electron/shared/place.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MarkedText } from './marked-text.tsx';

/** Characters of the document that are shown before and after the place, and that are added on demand. */
const surroundingCharacters = 1_500;
const moreCharacters = 4_000;

type TextViewerProps = { readonly documentId: DocumentId; readonly place: Place };

/** A document without pages: its lines around the place, and more of them when they are asked for. */
export function TextViewer({ documentId, place }: TextViewerProps) {
  const { t } = useTranslation(['window', 'library']);
  const { query } = useApi();
  const [more, setMore] = useState({ before: 0, after: 0 });
  const end = place.end + surroundingCharacters + more.after;
  const excerpt = useQuery({
    ...query.documents.excerpt.queryOptions({
      input: { id: documentId, start: Math.max(0, place.start - surroundingCharacters - more.before), end },
      staleTime: Infinity,
    }),
    placeholderData: keepPreviousData,
  });
  if (excerpt.error !== null) return <FailureNotice error={toFailure(excerpt.error)} />;
  if (excerpt.data === undefined) return <Skeleton lines={5} />;
  const { start, firstLine, text } = excerpt.data;
  return (
    <div className="flex flex-col items-start gap-1">
      {start > 0 ? (
        <Button look="quiet" onClick={() => setMore({ ...more, before: more.before + moreCharacters })}>
          {t('library:viewer.before')}
        </Button>
      ) : null}
      <MarkedText
        label={t('evidence.text')}
        text={text}
        from={place.start - start}
        to={place.end - start}
        firstLine={firstLine}
      />
      {/* The app answers with less than was asked for only where the document ends. */}
      {excerpt.data.end >= end ? (
        <Button look="quiet" onClick={() => setMore({ ...more, after: more.after + moreCharacters })}>
          {t('library:viewer.after')}
        </Button>
      ) : null}
    </div>
  );
}
