import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Bits a weight of a quantisation name such as `Q4_1`; null for one that does not say. */
export function bitsPerWeight(quantisation: string): number | null {
  const match = /^I?Q(\d)|^[BF]+(\d\d)/i.exec(quantisation);
  const bits = Number(match?.[1] ?? match?.[2]);
  return Number.isNaN(bits) ? null : bits;
}

/** How close to the original a quantisation is, as people would say it. */
export function precisionOf(quantisation: string): 'coarse' | 'usual' | 'fine' | 'full' | 'other' {
  const bits = bitsPerWeight(quantisation);
  if (bits === null) return 'other';
  if (bits <= 3) return 'coarse';
  if (bits <= 5) return 'usual';
  return bits <= 8 ? 'fine' : 'full';
}

/** Says what a quantisation means: "Precision: usual (Q4_K_M)". */
export function usePrecisionWords(): (quantisation: string) => string {
  const { t } = useTranslation('models');
  return useCallback(
    (quantisation) => t('precision.of', { word: t(`precision.${precisionOf(quantisation)}`), name: quantisation }),
    [t],
  );
}

/** Large numbers as people say them: "4B" parameters become "4 billion" in the words of the language. */
export function useShortNumber(): (value: number) => string {
  const { i18n } = useTranslation('models');
  return useCallback(
    (value) =>
      new Intl.NumberFormat(i18n.language, {
        notation: 'compact',
        compactDisplay: 'long',
        maximumFractionDigits: 1,
      }).format(value),
    [i18n.language],
  );
}

/** A day as the person's language writes it. */
export function useDay(): (at: number) => string {
  const { i18n } = useTranslation('models');
  return useCallback(
    (at) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(at),
    [i18n.language],
  );
}
