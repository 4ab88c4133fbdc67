import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type QualitySliderProps = { readonly value: number; readonly onChange: (value: number) => void };

/** The place that has words of its own for a preference of 0 to 1. */
export function qualityPlace(value: number): 'local' | 'balanced' | 'quality' {
  if (value < 1 / 3) return 'local';
  return value <= 2 / 3 ? 'balanced' : 'quality';
}

/** From "here" to "the best answer"; kept when it is let go, so that moving it is not twenty changes. */
export function QualitySlider({ value, onChange }: QualitySliderProps) {
  const { t } = useTranslation('remotes');
  const [place, setPlace] = useState(value);
  const keep = (): void => {
    if (place !== value) onChange(place);
  };
  return (
    <div className="flex max-w-120 flex-col gap-1">
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={place}
        aria-label={t('quality.title')}
        aria-valuetext={t(`quality.names.${qualityPlace(place)}`)}
        className="h-6 w-full accent-accent"
        onChange={({ currentTarget }) => setPlace(Number(currentTarget.value))}
        onPointerUp={keep}
        onKeyUp={keep}
        onBlur={keep}
      />
      <div aria-hidden className="flex justify-between text-sm text-soft">
        <span>{t('quality.names.local')}</span>
        <span>{t('quality.names.quality')}</span>
      </div>
    </div>
  );
}
