import { useTranslation } from 'react-i18next';
import type { Route } from '../../../electron/shared/route.ts';
import type { Usage } from '../../../electron/shared/usage.ts';
import { classNames } from '../../ui/class-names.ts';
import { zoneColours, zoneIcons } from '../../ui/zone-mark.tsx';

type AnswerFiguresProps = {
  readonly usage: Usage | null;
  readonly modelName: string | null;
  readonly route: Route | null;
};

/** Where an answer was made and why there, by what, and how fast. */
export function AnswerFigures({ usage, modelName, route }: AnswerFiguresProps) {
  const { t, i18n } = useTranslation(['window', 'chat']);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  const figures = [
    modelName,
    route === null ? t('zone.local') : t(`chat:where.${route.zone}`, { why: t(`chat:why.${route.reason}`) }),
    usage?.tokensPerSecond == null ? null : t('figures.rate', { rate: number.format(usage.tokensPerSecond) }),
    usage?.timeToFirstTokenMs == null
      ? null
      : t('figures.firstToken', { seconds: seconds.format(usage.timeToFirstTokenMs / 1_000) }),
  ].filter((figure) => figure !== null);
  const words = figures.join(' · ');
  const zone = route?.zone ?? 'local';
  const Icon = zoneIcons[zone];
  return (
    <p title={words} className="numeric truncate text-xs text-faint">
      <Icon aria-hidden size={12} className={classNames('mr-1.5 inline align-[-1px]', zoneColours[zone])} />
      {words}
    </p>
  );
}
