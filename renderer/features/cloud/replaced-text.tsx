import { Tooltip } from '@base-ui/react/tooltip';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownPiece } from './shown-pieces.ts';

/** A text as it leaves, each placeholder marked; what it stands for is shown under the pointer and with the focus. */
export function ReplacedText({ pieces }: { readonly pieces: readonly ShownPiece[] }) {
  return pieces.map(({ start, text, original }) =>
    original === null ? (
      <Fragment key={start}>{text}</Fragment>
    ) : (
      <Placeholder key={start} placeholder={text} original={original} />
    ),
  );
}

function Placeholder({ placeholder, original }: { readonly placeholder: string; readonly original: string }) {
  const { t } = useTranslation('cloud');
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        delay={100}
        render={<button type="button" aria-label={t('preview.piece', { placeholder, original })} />}
        className="rounded-[3px] bg-mark px-0.5 text-left font-[inherit] text-ink select-text"
      >
        {placeholder}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-[60]">
          <Tooltip.Popup className="popup max-w-80 rounded-sm bg-raised px-2 py-1 text-sm break-words text-ink shadow-float">
            {t('preview.original', { original })}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
