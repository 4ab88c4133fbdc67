import { ChevronLeft, ChevronRight, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageKind } from '../../../electron/shared/document.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';

type Picture = {
  readonly isShown: boolean;
  /** 1 fits the width. */
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
};

type PageBarProps = {
  readonly kind: PageKind;
  readonly page: number;
  readonly pageCount: number;
  /** Printed page number, name of the sheet, title of the slide. */
  readonly label: string | null;
  /** Null where there is no picture to choose. */
  readonly picture: Picture | null;
  readonly onPage: (page: number) => void;
  readonly onShowPicture: (isShown: boolean) => void;
};

const zoomStep = 1.25;
const leastZoom = 0.5;
const mostZoom = 4;

/** Which page this is, the way to the others, and how large it is shown. */
export function PageBar({ kind, page, pageCount, label, picture, onPage, onShowPicture }: PageBarProps) {
  const { t, i18n } = useTranslation('library');
  const number = new Intl.NumberFormat(i18n.language);
  const isWorthSaying = label !== null && label !== String(page);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1.5">
        <IconButton
          size="small"
          icon={ChevronLeft}
          label={t('viewer.previous')}
          disabled={page <= 1}
          onClick={() => onPage(page - 1)}
        />
        <span className="numeric flex items-center gap-1.5 text-sm text-soft">
          {t(`viewer.${kind}`)}
          <PageField key={page} page={page} pageCount={pageCount} onPage={onPage} />
          {t('viewer.of', { pages: number.format(pageCount) })}
        </span>
        <IconButton
          size="small"
          icon={ChevronRight}
          label={t('viewer.next')}
          disabled={page >= pageCount}
          onClick={() => onPage(page + 1)}
        />
        <span className="flex-1" />
        {picture === null ? null : <PictureTools {...picture} onShow={onShowPicture} />}
      </div>
      {isWorthSaying ? <p className="truncate text-sm font-medium">{label}</p> : null}
    </div>
  );
}

type PictureToolsProps = Picture & { readonly onShow: (isShown: boolean) => void };

/** How large the picture is, and the page's text in its place. */
function PictureTools({ isShown, zoom, onZoom, onShow }: PictureToolsProps) {
  const { t } = useTranslation('library');
  return (
    <>
      {isShown ? (
        <span className="flex">
          <IconButton
            size="small"
            icon={ZoomOut}
            label={t('viewer.smaller')}
            disabled={zoom <= leastZoom}
            onClick={() => onZoom(Math.max(leastZoom, zoom / zoomStep))}
          />
          <IconButton
            size="small"
            icon={ZoomIn}
            label={t('viewer.larger')}
            disabled={zoom >= mostZoom}
            onClick={() => onZoom(Math.min(mostZoom, zoom * zoomStep))}
          />
          <IconButton
            size="small"
            icon={Maximize}
            label={t('viewer.fit')}
            disabled={zoom === 1}
            onClick={() => onZoom(1)}
          />
        </span>
      ) : null}
      <Segmented
        label={t('viewer.show')}
        value={isShown ? 'picture' : 'text'}
        options={[
          { value: 'picture', label: t('viewer.picture') },
          { value: 'text', label: t('viewer.text') },
        ]}
        onChange={(value) => onShow(value === 'picture')}
      />
    </>
  );
}

type PageFieldProps = {
  readonly page: number;
  readonly pageCount: number;
  readonly onPage: (page: number) => void;
};

/** The number of the page, to be typed over. */
function PageField({ page, pageCount, onPage }: PageFieldProps) {
  const { t } = useTranslation('library');
  const [text, setText] = useState(String(page));
  const go = (): void => {
    const wanted = Number.parseInt(text, 10);
    if (Number.isFinite(wanted)) onPage(Math.min(pageCount, Math.max(1, wanted)));
    else setText(String(page));
  };
  return (
    <input
      value={text}
      inputMode="numeric"
      maxLength={6}
      aria-label={t('viewer.go')}
      className="numeric h-7 w-12 rounded-sm bg-raised px-1.5 text-center text-sm text-ink ring-1 ring-edge select-text"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={go}
      onKeyDown={(event) => (event.key === 'Enter' ? go() : undefined)}
    />
  );
}
