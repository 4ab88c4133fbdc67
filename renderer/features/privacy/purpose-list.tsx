import { useTranslation } from 'react-i18next';
import type { EgressPurpose } from '../../../electron/shared/ledger-entry.ts';
import { useAppUpdate } from '../../api/use-app-update.ts';
import { toFailure } from '../../api/failure.ts';
import { useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OnOff } from '../../ui/on-off.tsx';
import { Section } from '../../ui/page.tsx';

/** What this version can do with another computer at all. */
const purposes = ['model-search', 'model-download', 'update-check'] as const satisfies readonly EgressPurpose[];

/** Each thing for which something may leave, with a switch of its own; they count while the lock is off. */
export function PurposeList() {
  const { t } = useTranslation('models');
  const settings = useSettings();
  const update = useUpdateSettings();
  const updateHost = useAppUpdate()?.host ?? null;
  if (settings === undefined) return null;
  const { allowedPurposes, isOffline, hubAddress } = settings;
  const hub = new URL(hubAddress).host;
  // A copy that knows no place for updates asks nobody for them.
  const shown = purposes.filter((purpose) => purpose !== 'update-check' || updateHost !== null);
  const change = (purpose: EgressPurpose, isOn: boolean): void => {
    const others = allowedPurposes.filter((other) => other !== purpose);
    update.mutate({ allowedPurposes: isOn ? [...others, purpose] : others });
  };
  return (
    <Section title={t('purposes.title')}>
      {isOffline ? <p className="text-sm text-soft">{t('purposes.locked')}</p> : null}
      <ul className="flex flex-col">
        {shown.map((purpose) => (
          <li
            key={purpose}
            className="flex items-center justify-between gap-4 border-b border-hairline py-2.5 last:border-b-0"
          >
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="text-base font-medium">{t(`purposes.${purpose}`)}</p>
              <p className="max-w-[56ch] text-sm text-pretty text-soft">
                {t(`purposes.${purpose}Text`, {
                  host: purpose === 'update-check' ? (updateHost ?? '') : hub,
                })}
              </p>
            </div>
            <OnOff
              label={t(`purposes.${purpose}`)}
              isOn={allowedPurposes.includes(purpose)}
              onChange={(isOn) => change(purpose, isOn)}
            />
          </li>
        ))}
      </ul>
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
    </Section>
  );
}
