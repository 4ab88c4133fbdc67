import { useTranslation } from 'react-i18next';
import { backendChoiceSchema } from '../../../electron/shared/machine.ts';
import type { BackendReport } from '../../../electron/shared/machine.ts';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import type { Settings } from '../../../electron/shared/settings.ts';
import { useMachine } from '../../api/use-models.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { HubAddressField } from './hub-address-field.tsx';
import { SavedStatesControl } from './saved-states-control.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';

const defaults = settingsSchema.parse({});

const unloadTimes = ['1', '5', '15', '60', 'never'] as const;
const downloadLimits = ['1', '2', '3', '4', '6', '8'] as const;

/** The step that stands for a number of minutes, which the command line may have set to anything. */
function unloadTimeOf(minutes: Settings['unloadAfterMinutes']): (typeof unloadTimes)[number] | null {
  if (minutes === null) return 'never';
  return unloadTimes.find((name) => name === String(minutes)) ?? null;
}

/** How models are run, let go and fetched. */
export function useModelSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation('models');
  const { settings, onChange } = access;
  return [
    useBackendSetting(access),
    {
      id: 'unload',
      section: 'models',
      title: t('settings.unload'),
      detail: t('settings.unloadText'),
      keywords: t('settings.unloadWords'),
      usual: t('settings.unloadTimes.5'),
      ...wayBack(access, defaults, 'unloadAfterMinutes'),
      control: (
        <Segmented
          label={t('settings.unload')}
          value={unloadTimeOf(settings.unloadAfterMinutes)}
          options={unloadTimes.map((value) => ({ value, label: t(`settings.unloadTimes.${value}`) }))}
          onChange={(name) => onChange({ unloadAfterMinutes: name === 'never' ? null : Number(name) })}
        />
      ),
    },
    useSavedStateSetting(access),
    {
      id: 'download-limit',
      section: 'models',
      title: t('settings.downloadLimit'),
      keywords: t('settings.downloadLimitWords'),
      usual: String(defaults.downloadLimit),
      ...wayBack(access, defaults, 'downloadLimit'),
      control: (
        <Segmented
          label={t('settings.downloadLimit')}
          value={downloadLimits.find((value) => value === String(settings.downloadLimit)) ?? null}
          options={downloadLimits.map((value) => ({ value, label: value }))}
          onChange={(value) => onChange({ downloadLimit: Number(value) })}
        />
      ),
    },
    {
      id: 'hub-address',
      section: 'models',
      title: t('settings.hub'),
      detail: t('settings.hubText'),
      keywords: t('settings.hubWords'),
      usual: defaults.hubAddress,
      ...wayBack(access, defaults, 'hubAddress'),
      isWide: true,
      control: (
        <HubAddressField
          key={settings.hubAddress}
          value={settings.hubAddress}
          onChange={(hubAddress) => onChange({ hubAddress })}
        />
      ),
    },
  ];
}

function useSavedStateSetting(access: SettingsAccess): Setting {
  const { t } = useTranslation('models');
  const { settings, onChange } = access;
  return {
    id: 'saved-states',
    section: 'models',
    title: t('settings.saved'),
    detail: t('settings.savedText'),
    keywords: t('settings.savedWords'),
    usual: t('settings.savedLimits.2048'),
    ...wayBack(access, defaults, 'savedStateLimitMebibytes'),
    control: (
      <SavedStatesControl
        limit={settings.savedStateLimitMebibytes}
        onLimit={(savedStateLimitMebibytes) => onChange({ savedStateLimitMebibytes })}
      />
    ),
  };
}

function useBackendSetting(access: SettingsAccess): Setting {
  const { t } = useTranslation('models');
  const { settings, onChange } = access;
  const machine = useMachine();
  const reports = machine?.backends ?? [];
  const usable = reports.filter(({ isUsable }) => isUsable).map(({ backend }) => backend);
  const choices = backendChoiceSchema.options.filter(
    (value) => value === 'auto' || value === 'cpu' || value === settings.backend || usable.includes(value),
  );
  return {
    id: 'backend',
    section: 'models',
    title: t('settings.backend'),
    detail: t('settings.backendText'),
    keywords: t('settings.backendWords'),
    usual: t('backend.auto'),
    ...wayBack(access, defaults, 'backend'),
    isWide: true,
    control: (
      <div className="flex flex-col gap-2.5">
        <span className="grid w-72 max-w-full">
          <Select
            label={t('settings.backend')}
            value={settings.backend}
            options={choices.map((value) => ({ value, label: t(`backend.${value}`) }))}
            onChange={(backend) => onChange({ backend })}
          />
        </span>
        {reports.length === 0 ? null : (
          <ul aria-label={t('settings.backendsLabel')} className="flex flex-col gap-1 text-sm">
            {reports.map((report) => (
              <BackendLine key={report.backend} report={report} isInUse={report.backend === machine?.backend} />
            ))}
          </ul>
        )}
      </div>
    ),
  };
}

/** One way to compute: whether it can be used here, with what, and why not. */
function BackendLine({ report, isInUse }: { readonly report: BackendReport; readonly isInUse: boolean }) {
  const { t } = useTranslation('models');
  const { backend, isUsable, problem, devices } = report;
  const state = isInUse
    ? t('backend.inUse')
    : problem !== null
      ? t(`backendProblem.${problem}`)
      : t(isUsable ? 'backend.usable' : 'backendProblem.failed');
  const names = devices.map(({ name }) => name).join(', ');
  return (
    <li className={isInUse ? 'text-ink' : 'text-soft'}>
      {t(`backend.${backend}`)}: {state}
      {names === '' ? '' : ` (${names})`}
    </li>
  );
}
