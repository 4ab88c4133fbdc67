import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelFit } from '../../electron/shared/fit.ts';

/** English prose has about 0.75 words a token, and a printed page about 500 words. */
const tokensPerPage = 680;
/** People read 3 to 5 words a second, which is 4 to 7 tokens. */
const readingRates = { slow: 4, quick: 7 } as const;

/** Printed pages that so many tokens fill, at least one. */
export function pagesOf(tokens: number): number {
  return Math.max(1, Math.round(tokens / tokensPerPage));
}

/** How a rate compares with a person who reads along. */
export function paceOf(tokensPerSecond: number): 'slower' | 'reading' | 'faster' {
  if (tokensPerSecond < readingRates.slow) return 'slower';
  return tokensPerSecond <= readingRates.quick ? 'reading' : 'faster';
}

/** A rate as people say it: whole numbers, but not "0". */
export function roundedRate(tokensPerSecond: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: tokensPerSecond < 3 ? 1 : 0 }).format(
    tokensPerSecond,
  );
}

export type FitWords = {
  /** Why it fits or not, in one sentence. */
  readonly reason: string;
  /** How fast it writes, measured or predicted; null while nobody knows. */
  readonly rate: string | null;
  /** How that compares with reading. */
  readonly pace: string | null;
};

/** Says how a model runs on this computer. */
export function useFitWords(): (fit: ModelFit, trainedTokens?: number) => FitWords {
  const { t, i18n } = useTranslation('models');
  return useCallback(
    (fit, trainedTokens) => {
      const { status, memoryBytes, availableBytes, contextTokens, weightsBytes, tokensPerSecond } = fit;
      const number = new Intl.NumberFormat(i18n.language);
      const isShortened = status === 'tight' && trainedTokens !== undefined && contextTokens < trainedTokens;
      const details = {
        memory: memoryBytes,
        available: availableBytes,
        size: weightsBytes,
        pages: number.format(pagesOf(contextTokens)),
        tokens: number.format(contextTokens),
      };
      return {
        reason: t(`fitText.${isShortened ? 'tightWindow' : status}`, details),
        rate:
          tokensPerSecond === null
            ? null
            : t(`rate.${fit.isMeasured ? 'measured' : 'predicted'}`, {
                rate: roundedRate(tokensPerSecond, i18n.language),
              }),
        pace: tokensPerSecond === null ? null : t(`rate.${paceOf(tokensPerSecond)}`),
      };
    },
    [t, i18n.language],
  );
}
