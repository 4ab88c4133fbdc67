import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageKindOf } from '../../../electron/shared/document.ts';
import type { DocumentDescription, PageView } from '../../../electron/shared/document.ts';
import type { Place } from '../../../electron/shared/place.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MarkedText } from './marked-text.tsx';
import { PageBar } from './page-bar.tsx';
import { PagePicture } from './page-picture.tsx';

type PageViewerProps = { readonly document: DocumentDescription; readonly place: Place; readonly pageCount: number };

/** A document page by page: its picture with the place highlighted, or its text. */
export function PageViewer({ document, place, pageCount }: PageViewerProps) {
  const { query } = useApi();
  const [page, setPage] = useState(Math.min(pageCount, place.page ?? 1));
  const [wantsText, setWantsText] = useState(false);
  const [zoom, setZoom] = useState(1);
  const highlight = place.end > place.start ? { start: place.start, end: place.end } : null;
  const view = useQuery({
    ...query.documents.pageView.queryOptions({ input: { id: document.id, page, highlight } }),
    placeholderData: keepPreviousData,
  });
  // The page before stays in sight until the next one is there.
  const shown = view.data;
  const hasPicture = shown?.picture === 'available';
  return (
    <div className="flex flex-col gap-2">
      <PageBar
        kind={pageKindOf(document.format) ?? 'page'}
        page={page}
        pageCount={pageCount}
        label={shown?.page.page === page ? shown.page.label : null}
        picture={hasPicture ? { isShown: !wantsText, zoom, onZoom: setZoom } : null}
        onPage={setPage}
        onShowPicture={(isShown) => setWantsText(!isShown)}
      />
      {view.error === null ? null : <FailureNotice error={toFailure(view.error)} />}
      {shown === undefined && view.error === null ? <Skeleton lines={5} /> : null}
      {shown === undefined ? null : (
        <PageContent view={shown} highlight={highlight} zoom={zoom} wantsText={wantsText || !hasPicture} />
      )}
    </div>
  );
}

type PageContentProps = {
  readonly view: PageView;
  readonly highlight: { readonly start: number; readonly end: number } | null;
  readonly zoom: number;
  readonly wantsText: boolean;
};

/** Said under the bar: how the text was had, and why there is no picture. */
function PageContent({ view, highlight, zoom, wantsText }: PageContentProps) {
  const { t } = useTranslation('library');
  const { page, picture, text } = view;
  const [brokenPage, setBrokenPage] = useState<number | null>(null);
  const isBroken = brokenPage === page.page;
  const why =
    picture === 'original-missing' || picture === 'original-changed'
      ? t(`viewer.${picture}`)
      : isBroken
        ? t('viewer.noPicture')
        : null;
  return (
    <>
      {page.reading === 'text' ? null : <p className="text-sm text-soft">{t(`viewer.${page.reading}`)}</p>}
      {why === null ? null : (
        <p role="status" className="text-sm text-cloud">
          {why}
        </p>
      )}
      {wantsText || isBroken || page.size === null ? (
        <MarkedText
          label={t('viewer.pageText', { page: page.page })}
          text={text}
          from={(highlight?.start ?? 0) - page.start}
          to={(highlight?.end ?? 0) - page.start}
        />
      ) : (
        <PagePicture view={view} size={page.size} zoom={zoom} onBroken={() => setBrokenPage(page.page)} />
      )}
    </>
  );
}
