import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { pagesOf } from '../../../ui/fit-words.ts';

type NumberOptionName = 'contextTokens' | 'graphicsLayers' | 'threads' | 'batchTokens';

/** Says values of options in words, and what automatic comes to where that is known. */
export function useOptionWords({ fit }: ModelDetail): {
  readonly of: (name: NumberOptionName, value: number) => string;
  readonly automatic: (name: NumberOptionName) => string | null;
} {
  const { t, i18n } = useTranslation('models');
  const number = new Intl.NumberFormat(i18n.language);
  const of = (name: NumberOptionName, value: number): string => {
    switch (name) {
      case 'contextTokens':
        return t('options.pages', { count: pagesOf(value), tokens: number.format(value) });
      case 'graphicsLayers':
        return value === 0 ? t('options.noLayers') : t('options.layers', { layers: value, total: fit.layers });
      case 'threads':
        return t('options.threadCount', { count: value });
      case 'batchTokens':
        return t('detail.tokens', { tokens: number.format(value) });
    }
  };
  return {
    of,
    automatic: (name) => {
      if (name === 'contextTokens') return t('detail.tokens', { tokens: number.format(fit.contextTokens) });
      // Threads and batches are measured while the model runs, so that there is no one value to tell.
      return name === 'graphicsLayers' ? of(name, fit.graphicsLayers) : null;
    },
  };
}
