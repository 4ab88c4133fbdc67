import { Check, CircleHelp, CircleMinus, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FitStatus } from '../../electron/shared/fit.ts';
import { classNames } from './class-names.ts';

const looks = {
  fits: { icon: Check, className: 'bg-local-wash text-local' },
  tight: { icon: TriangleAlert, className: 'bg-cloud-wash text-cloud' },
  'too-large': { icon: CircleMinus, className: 'bg-problem-wash text-problem' },
  'no-room-on-disk': { icon: CircleMinus, className: 'bg-problem-wash text-problem' },
  unsupported: { icon: CircleMinus, className: 'bg-problem-wash text-problem' },
  unknown: { icon: CircleHelp, className: 'bg-hover text-soft' },
} as const;

/** Whether a model runs on this computer, in words; the colour and the sign only repeat them. */
export function FitBadge({ status }: { readonly status: FitStatus }) {
  const { t } = useTranslation('models');
  const { icon: Icon, className } = looks[status];
  return (
    <span
      className={classNames(
        'inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-2 text-xs font-medium whitespace-nowrap',
        className,
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2.25} />
      {t(`fit.${status}`)}
    </span>
  );
}
