import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** The one step from "off" to "asks me each time", where something is about to fail for want of it; nothing when all is open. */
export function OpenTheWay() {
  const { t } = useTranslation('remotes');
  const settings = useSettings();
  const update = useUpdateSettings();
  if (settings === undefined) return null;
  const { isOffline, allowedPurposes, cloudMode } = settings;
  const isAllowed = allowedPurposes.includes('provider');
  if (!isOffline && isAllowed && cloudMode !== 'off') return null;
  return (
    <div className="flex flex-col items-start gap-1.5">
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
      <Button
        disabled={update.isPending}
        onClick={() =>
          update.mutate({
            isOffline: false,
            allowedPurposes: isAllowed ? allowedPurposes : [...allowedPurposes, 'provider'],
            ...(cloudMode === 'off' ? { cloudMode: 'ask' as const } : {}),
          })
        }
      >
        {t(cloudMode === 'off' ? 'mode.turnOn' : 'mode.step')}
      </Button>
      <p className="max-w-[62ch] text-sm text-pretty text-soft">
        {isOffline ? t('mode.stepText') : t('mode.stepPurposeText')}
      </p>
    </div>
  );
}
