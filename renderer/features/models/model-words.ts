import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelDescription } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';

/** English prose has about 0.75 words a token, and a printed page about 500 words. */
const tokensPerPage = 680;

/** Bits a weight of a quantisation name such as `Q4_1`; null for one that does not say. */
export function bitsPerWeight(quantisation: string): number | null {
  const match = /^I?Q(\d)|^[BF]+(\d\d)/i.exec(quantisation);
  const bits = Number(match?.[1] ?? match?.[2]);
  return Number.isNaN(bits) ? null : bits;
}

const level = (bits: number): 'coarse' | 'usual' | 'fine' | 'full' => {
  if (bits <= 3) return 'coarse';
  if (bits <= 5) return 'usual';
  return bits <= 8 ? 'fine' : 'full';
};

/** A model in words that need no glossary. */
export function useModelWords(): (model: ModelDescription) => {
  readonly facts: string;
  readonly context: string;
  readonly precision: string | null;
} {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ sizeBytes, contextLength, quantisation, parameterCount, licence, fileName }) => {
      const number = new Intl.NumberFormat(i18n.language);
      const pages = Math.max(1, Math.round(contextLength / tokensPerPage));
      const bits = quantisation === null ? null : bitsPerWeight(quantisation);
      const compact = new Intl.NumberFormat(i18n.language, { notation: 'compact', maximumFractionDigits: 1 });
      const facts = [
        formatBytes(sizeBytes, i18n.language),
        parameterCount === null ? null : t('models.parameters', { number: compact.format(parameterCount) }),
        licence,
        fileName,
      ];
      return {
        facts: facts.filter((fact) => fact !== null).join(' · '),
        context: t('models.context', { count: pages, tokens: number.format(contextLength) }),
        precision: bits === null ? null : t(`models.precision.${level(bits)}`, { name: quantisation, bits }),
      };
    },
    [t, i18n.language],
  );
}
