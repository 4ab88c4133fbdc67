import { useTranslation } from 'react-i18next';
import { cloudModeSchema } from '../../../electron/shared/remote.ts';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { OnOff } from '../../ui/on-off.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { BudgetField } from './budget-field.tsx';
import { HiddenWords } from './hidden-words.tsx';
import { OwnPrices } from './own-prices.tsx';
import { QualitySlider, qualityPlace } from './quality-slider.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';
import type { SettingsParts } from './settings-parts.ts';

const defaults = settingsSchema.parse({});

/** Whether a large model elsewhere may help, and which. */
export function useCloudSettings(access: SettingsAccess, parts: SettingsParts): readonly Setting[] {
  const { t } = useTranslation('remotes');
  return [
    useModeSetting(access, parts),
    {
      id: 'remotes',
      section: 'privacy',
      title: t('list.title'),
      detail: t('list.text'),
      keywords: t('list.words'),
      isWide: true,
      control: parts.remotes,
    },
    useBudgetSetting(access),
    useQualitySetting(access),
    ...useWrittenSettings(access),
  ];
}

function useModeSetting(access: SettingsAccess, parts: SettingsParts): Setting {
  const { t } = useTranslation('remotes');
  const { settings, onChange } = access;
  const { cloudMode, isOffline, allowedPurposes } = settings;
  const isBlocked = cloudMode !== 'off' && (isOffline || !allowedPurposes.includes('provider'));
  return {
    id: 'cloud-mode',
    section: 'privacy',
    title: t('mode.title'),
    detail: t(`mode.${cloudMode}Text`),
    keywords: t('mode.words'),
    usual: t(`mode.${defaults.cloudMode}`),
    ...wayBack(access, defaults, 'cloudMode'),
    isWide: true,
    control: (
      <div className="flex flex-col items-start gap-3">
        <Segmented
          label={t('mode.title')}
          value={cloudMode}
          options={cloudModeSchema.options.map((value) => ({ value, label: t(`mode.${value}`) }))}
          onChange={(mode) => onChange({ cloudMode: mode })}
        />
        {isBlocked ? (
          <div className="flex w-full flex-col gap-2 rounded-md bg-cloud-wash px-3.5 py-3">
            <p role="status" className="text-base text-pretty">
              {t(isOffline ? 'mode.blockedLock' : 'mode.blockedPurpose')}
            </p>
            {parts.cloudWay}
          </div>
        ) : null}
      </div>
    ),
  };
}

function useBudgetSetting(access: SettingsAccess): Setting {
  const { t, i18n } = useTranslation('remotes');
  const { settings, onChange } = access;
  const { monthlyBudgetMicroDollars: budget } = settings;
  return {
    id: 'budget',
    section: 'privacy',
    title: t('budget.title'),
    detail: t(budget === 0 ? 'budget.zero' : 'budget.text'),
    keywords: t('budget.words'),
    usual: moneyWords(defaults.monthlyBudgetMicroDollars, i18n.language),
    ...wayBack(access, defaults, 'monthlyBudgetMicroDollars'),
    control: (
      <BudgetField
        key={budget}
        value={budget}
        onChange={(monthlyBudgetMicroDollars) => onChange({ monthlyBudgetMicroDollars })}
      />
    ),
  };
}

function useQualitySetting(access: SettingsAccess): Setting {
  const { t } = useTranslation('remotes');
  const { settings, onChange } = access;
  const { qualityPreference } = settings;
  return {
    id: 'quality',
    section: 'privacy',
    title: t('quality.title'),
    detail: t(`quality.text.${qualityPlace(qualityPreference)}`),
    keywords: t('quality.words'),
    usual: t(`quality.names.${qualityPlace(defaults.qualityPreference)}`),
    ...wayBack(access, defaults, 'qualityPreference'),
    isWide: true,
    control: (
      <QualitySlider
        key={qualityPreference}
        value={qualityPreference}
        onChange={(preference) => onChange({ qualityPreference: preference })}
      />
    ),
  };
}

/** What a person writes down: words, prices; and whether what was sent is written down. */
function useWrittenSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation(['remotes', 'window']);
  const { settings, onChange } = access;
  return [
    {
      id: 'hidden-words',
      section: 'privacy',
      title: t('hidden.title'),
      detail: t('hidden.text'),
      keywords: t('hidden.words'),
      isWide: true,
      control: <HiddenWords words={settings.redactedWords} onChange={(redactedWords) => onChange({ redactedWords })} />,
    },
    {
      id: 'own-prices',
      section: 'privacy',
      title: t('prices.title'),
      detail: t('prices.text'),
      keywords: t('prices.words'),
      isWide: true,
      control: <OwnPrices prices={settings.modelPrices} onChange={(modelPrices) => onChange({ modelPrices })} />,
    },
    {
      id: 'sent-bodies',
      section: 'privacy',
      title: t('bodies.title'),
      detail: t('bodies.text'),
      keywords: t('bodies.words'),
      usual: t(`window:settings.switch.${defaults.keepsSentBodies ? 'on' : 'off'}`),
      ...wayBack(access, defaults, 'keepsSentBodies'),
      control: (
        <OnOff
          label={t('bodies.title')}
          isOn={settings.keepsSentBodies}
          onChange={(keepsSentBodies) => onChange({ keepsSentBodies })}
        />
      ),
    },
  ];
}
