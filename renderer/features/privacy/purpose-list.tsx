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
const purposes = [
  'model-search',
  'model-download',
  'provider',
  'update-check',
] as const satisfies readonly EgressPurpose[];

/** Each thing for which something may leave, with a switch of its own; they count while the lock is off. */
export function PurposeList() {
  const { t } = useTranslation(['models', 'remotes']);
  const settings = useSettings();
  const update = useUpdateSettings();
  const updateHost = useAppUpdate()?.host ?? null;
  if (settings === undefined) return null;
  const { allowedPurposes, isOffline, hubAddress, cloudMode } = settings;
  const hub = new URL(hubAddress).host;
  // A copy that knows no place for updates asks nobody for them.
  const shown = purposes.filter((purpose) => purpose !== 'update-check' || updateHost !== null);
  const wordsOf = (purpose: (typeof purposes)[number]): { readonly title: string; readonly text: string } => {
    if (purpose === 'provider') {
      return {
        title: t('remotes:purpose.title'),
        text: t(cloudMode === 'off' ? 'remotes:purpose.textOff' : 'remotes:purpose.text'),
      };
    }
    const host = purpose === 'update-check' ? (updateHost ?? '') : hub;
    return { title: t(`purposes.${purpose}`), text: t(`purposes.${purpose}Text`, { host }) };
  };
  const change = (purpose: EgressPurpose, isOn: boolean): void => {
    const others = allowedPurposes.filter((other) => other !== purpose);
    update.mutate({ allowedPurposes: isOn ? [...others, purpose] : others });
  };
  return (
    <Section title={t('purposes.title')}>
      {isOffline ? <p className="text-sm text-soft">{t('purposes.locked')}</p> : null}
      <ul className="flex flex-col">
        {shown.map((purpose) => {
          const { title, text } = wordsOf(purpose);
          return (
            <li
              key={purpose}
              className="flex items-center justify-between gap-4 border-b border-hairline py-2.5 last:border-b-0"
            >
              <div className="flex min-w-0 flex-col gap-0.5">
                <p className="text-base font-medium">{title}</p>
                <p className="max-w-[56ch] text-sm text-pretty text-soft">{text}</p>
              </div>
              <OnOff
                label={title}
                isOn={allowedPurposes.includes(purpose)}
                onChange={(isOn) => change(purpose, isOn)}
              />
            </li>
          );
        })}
      </ul>
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
    </Section>
  );
}
