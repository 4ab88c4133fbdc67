import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Phase } from '../../electron/shared/answer-part.ts';
import { remainingTime } from '../lib/time-words.ts';

export type Progress = {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  readonly remainingMs: number | null;
};

/** Says what a run is doing: "Reading your question, 40 %", "about 2 minutes left". */
export function useProgressWords(): (progress: Progress) => { readonly doing: string; readonly left: string | null } {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ phase, done, total, remainingMs }) => {
      const share = total > 0 ? Math.min(1, done / total) : null;
      const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share ?? 0);
      const doing =
        share === null ? t(`phase.${phase}`) : t('phase.withShare', { phase: t(`phase.${phase}`), percent });
      if (remainingMs === null) return { doing, left: null };
      const { unit, count } = remainingTime(remainingMs);
      return { doing, left: t(`remaining.${unit}`, { count }) };
    },
    [t, i18n.language],
  );
}
