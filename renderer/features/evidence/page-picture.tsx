import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentPage, PageBox, PageView } from '../../../electron/shared/document.ts';
import { useApi } from '../../api/api-context.tsx';

type PagePictureProps = {
  readonly view: PageView;
  readonly size: NonNullable<DocumentPage['size']>;
  /** 1 fits the width. */
  readonly zoom: number;
  /** No picture could be drawn. */
  readonly onBroken: () => void;
};

const leastPixels = 16;
const mostPixels = 4_096;
/** Pictures are asked for in steps of this width, so that a window being drawn wider does not ask for each pixel. */
const pixelStep = 160;

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, width };
}

/** The address of a picture for as long as it is shown. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return;
    const address = URL.createObjectURL(blob);
    // An address is made and given back with the picture that it stands for.
    // oxlint-disable-next-line react/set-state-in-effect
    setUrl(address);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(address);
    };
  }, [blob]);
  return url;
}

/** The page as the document's own program would print it, the place under boxes of highlight. */
export function PagePicture({ view, size, zoom, onBroken }: PagePictureProps) {
  const { t } = useTranslation('library');
  const { query } = useApi();
  const { frame, width } = useWidth();
  const shownWidth = width * zoom;
  const wantedPixels = Math.ceil((shownWidth * window.devicePixelRatio) / pixelStep) * pixelStep;
  const widthPixels = Math.min(mostPixels, Math.max(leastPixels, wantedPixels));
  const { documentId, page, highlights } = view;
  const picture = useQuery({
    ...query.documents.pageImage.queryOptions({
      input: { id: documentId, page: page.page, widthPixels },
      staleTime: Infinity,
      gcTime: 60_000,
    }),
    enabled: width > 0,
    // The same page in another size stands in until the sharper one is drawn.
    placeholderData: (last, lastQuery) =>
      lastQuery?.meta?.['page'] === `${documentId} ${page.page}` ? last : undefined,
    meta: { page: `${documentId} ${page.page}` },
  });
  const url = useObjectUrl(picture.data);
  const hasFailed = picture.error !== null;
  useEffect(() => {
    if (hasFailed) onBroken();
  }, [hasFailed, onBroken]);
  return (
    <div
      ref={frame}
      role="region"
      aria-label={t('viewer.pagePicture', { page: page.page })}
      // Scrolled by keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="max-h-[68vh] w-full overflow-auto rounded-lg bg-raised shadow-card ring-1 ring-hairline"
    >
      <div
        className="relative bg-white"
        style={{ width: shownWidth || '100%', aspectRatio: `${size.width} / ${size.height}` }}
      >
        {url === null ? null : (
          <img
            src={url}
            alt={t('viewer.pagePicture', { page: page.page })}
            draggable={false}
            className="block size-full"
          />
        )}
        {/* Drawn anew once the picture has its size, so that they come into sight. */}
        {width === 0 ? null : <Highlights highlights={highlights} size={size} />}
      </div>
    </div>
  );
}

type HighlightsProps = { readonly highlights: readonly PageBox[]; readonly size: PagePictureProps['size'] };

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

/** The boxes of the place; the first of them comes into sight by itself. */
function Highlights({ highlights, size }: HighlightsProps) {
  const first = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    first.current?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [highlights]);
  return highlights.map(({ x, y, width, height }, index) => (
    <span
      key={`${x} ${y} ${width}`}
      ref={index === 0 ? first : undefined}
      data-highlight
      aria-hidden
      className="absolute rounded-[2px] bg-[#ffd84d] opacity-50 mix-blend-multiply"
      style={{
        left: percent(x, size.width),
        top: percent(y, size.height),
        width: percent(width, size.width),
        height: percent(height, size.height),
      }}
    />
  ));
}
