import { useTranslation } from 'react-i18next';
import type { Usage } from '../../../electron/shared/usage.ts';

type AnswerFiguresProps = { readonly usage: Usage | null; readonly modelName: string | null };

/** Where an answer was made, by what, and how fast. */
export function AnswerFigures({ usage, modelName }: AnswerFiguresProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  const figures = [
    modelName,
    t('zone.local'),
    usage?.tokensPerSecond == null ? null : t('figures.rate', { rate: number.format(usage.tokensPerSecond) }),
    usage?.timeToFirstTokenMs == null
      ? null
      : t('figures.firstToken', { seconds: seconds.format(usage.timeToFirstTokenMs / 1_000) }),
  ].filter((figure) => figure !== null);
  return <p className="numeric truncate text-xs text-faint">{figures.join(' · ')}</p>;
}
