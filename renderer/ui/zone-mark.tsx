import { Cloud, Laptop, Server } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../electron/shared/route.ts';
import { classNames } from './class-names.ts';

type Zone = Route['zone'];

export const zoneIcons: Readonly<Record<Zone, LucideIcon>> = { local: Laptop, 'own-server': Server, cloud: Cloud };
export const zoneColours: Readonly<Record<Zone, string>> = {
  local: 'text-local',
  'own-server': 'text-server',
  cloud: 'text-cloud',
};

/** Where something is computed: colour, icon and word together, for none of them alone says it to everybody. */
export function ZoneMark({ zone, className }: { readonly zone: Zone; readonly className?: string }) {
  const { t } = useTranslation('cloud');
  const Icon = zoneIcons[zone];
  return (
    <span className={classNames('inline-flex items-baseline gap-1.5 font-medium', zoneColours[zone], className)}>
      <Icon aria-hidden size={14} className="shrink-0 self-center" />
      {t(`zone.${zone}`)}
    </span>
  );
}
