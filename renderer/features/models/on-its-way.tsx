import { useTranslation } from 'react-i18next';
import type { Download } from '../../../electron/shared/download.ts';
import { addressOf } from '../../lib/destination.ts';

/** How far something is that was asked for already; where it stopped, the way to the reason. */
export function OnItsWay({ download: { state, doneBytes, totalBytes } }: { readonly download: Download }) {
  const { t, i18n } = useTranslation('models');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(doneBytes / totalBytes);
  if (state === 'failed' || state === 'paused') {
    return (
      <a
        href={addressOf({ page: 'models' })}
        className={`flex h-8 shrink-0 items-center rounded-md px-2 text-sm font-medium hover:bg-hover ${state === 'failed' ? 'text-problem' : 'text-cloud'}`}
      >
        {t(`downloads.${state}`)}
      </a>
    );
  }
  return (
    <p className="numeric flex h-8 shrink-0 items-center text-sm text-soft">{t('downloads.onItsWay', { percent })}</p>
  );
}
