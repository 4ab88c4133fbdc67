import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.ts';
import type { Setting } from './setting.ts';

/** A setting with its control, its default and the way back to it. */
export function SettingRow({ setting }: { readonly setting: Setting }) {
  const { t } = useTranslation();
  const { title, detail, usual, onReset, control, isWide = false } = setting;
  return (
    <div
      className={classNames(
        'flex gap-x-6 gap-y-2.5 border-b border-hairline py-3 last:border-b-0',
        isWide ? 'flex-col' : 'flex-wrap items-center justify-between',
      )}
    >
      <div className={classNames('flex min-w-0 flex-col gap-0.5', !isWide && 'flex-1 basis-60')}>
        <h3 className="text-base font-medium">{title}</h3>
        {detail === undefined ? null : <p className="max-w-[66ch] text-sm text-pretty text-soft">{detail}</p>}
        {usual === undefined ? null : (
          <p className="flex min-h-6 flex-wrap items-center gap-x-2 text-sm text-faint">
            {t('settings.default', { value: usual })}
            {onReset === undefined ? null : (
              <button
                type="button"
                className="inline-flex h-6 items-center gap-1 rounded-sm px-1.5 font-medium text-accent hover:bg-hover"
                onClick={onReset}
              >
                <RotateCcw aria-hidden size={12} /> {t('settings.reset')}
                <span className="sr-only">: {title}</span>
              </button>
            )}
          </p>
        )}
      </div>
      {control}
    </div>
  );
}
