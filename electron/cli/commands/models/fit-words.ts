import type { ModelFit } from '../../../shared/fit.ts';
import type { Terminal } from '../../terminal.ts';

/** How a model would run, in one line: `Runs well here: 1.9 GB of memory, 6 GB free, about 14 tokens a second`. */
export function fitLine(fit: ModelFit, terminal: Terminal): string {
  const { t, words } = terminal;
  const status = words.t(`models:fit.${fit.status}`);
  if (fit.status === 'unknown') return status;
  const { memoryBytes: memory, availableBytes: available } = fit;
  return [t('terminal:models.fitLine', { status, memory, available }), rateWords(fit, terminal)]
    .filter((part) => part !== null)
    .join(', ');
}

function rateWords({ tokensPerSecond, isMeasured }: ModelFit, { t, language }: Terminal): string | null {
  if (tokensPerSecond === null) return null;
  const digits = tokensPerSecond < 10 ? 1 : 0;
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(tokensPerSecond);
  return isMeasured ? t('terminal:models.rateMeasured', { rate }) : t('terminal:models.rate', { rate });
}
