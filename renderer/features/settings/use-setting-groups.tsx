import { useTranslation } from 'react-i18next';
import { trimmingSchema } from '../../../electron/shared/conversation.ts';
import { languageSchema, settingsSchema, themeSchema } from '../../../electron/shared/settings.ts';
import { useStatus } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { lengths, nearest, temperatures, valueOf } from '../../lib/setting-steps.ts';
import { OnOff } from '../../ui/on-off.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';
import { SystemPromptField } from './system-prompt-field.tsx';

const defaults = settingsSchema.parse({});

/** Language and look. */
export function useGeneralSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation();
  const { settings, onChange } = access;
  return [
    {
      id: 'language',
      section: 'general',
      title: t('settings.language'),
      keywords: 'Language Sprache English Deutsch',
      usual: t(`settings.languages.${defaults.language}`),
      ...wayBack(access, defaults, 'language'),
      control: (
        <Segmented
          label={t('settings.language')}
          value={settings.language}
          options={languageSchema.options.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          onChange={(language) => onChange({ language })}
        />
      ),
    },
    {
      id: 'theme',
      section: 'general',
      title: t('settings.theme'),
      keywords: themeSchema.options.map((theme) => t(`settings.themes.${theme}`)).join(' '),
      usual: t(`settings.themes.${defaults.theme}`),
      ...wayBack(access, defaults, 'theme'),
      control: (
        <Segmented
          label={t('settings.theme')}
          value={settings.theme}
          options={themeSchema.options.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          onChange={(theme) => onChange({ theme })}
        />
      ),
    },
  ];
}

/** Which model answers, and how. */
export function useAnswerSettings(access: SettingsAccess): readonly Setting[] {
  const { t, i18n } = useTranslation();
  const { settings, onChange } = access;
  const model = useStatus()?.model;
  const number = new Intl.NumberFormat(i18n.language);
  const temperature = nearest(temperatures, settings.temperature);
  return [
    {
      id: 'model',
      section: 'models',
      title: t('settings.model'),
      detail: model == null ? t('engine.no-model') : t('settings.modelNow', { name: model.name }),
      usual: t('settings.modelDefault'),
      ...wayBack(access, defaults, 'chatModelId'),
      control: (
        <a href={addressOf({ page: 'models' })} className="rounded-md px-2 py-1 font-medium text-accent hover:bg-hover">
          {t('action.openModels')}
        </a>
      ),
    },
    {
      id: 'temperature',
      section: 'models',
      title: t('settings.temperature'),
      detail: t(`settings.temperatureText.${temperature}`),
      usual: t(`settings.temperatures.${nearest(temperatures, defaults.temperature)}`),
      ...wayBack(access, defaults, 'temperature'),
      control: (
        <Segmented
          label={t('settings.temperature')}
          value={temperature}
          options={temperatures.map(({ name }) => ({ value: name, label: t(`settings.temperatures.${name}`) }))}
          onChange={(name) => onChange({ temperature: valueOf(temperatures, name) })}
        />
      ),
    },
    {
      id: 'length',
      section: 'models',
      title: t('settings.length'),
      detail: t('settings.lengthText', {
        count: settings.answerTokenLimit,
        tokens: number.format(settings.answerTokenLimit),
      }),
      usual: t(`settings.lengths.${nearest(lengths, defaults.answerTokenLimit)}`),
      ...wayBack(access, defaults, 'answerTokenLimit'),
      control: (
        <Segmented
          label={t('settings.length')}
          value={nearest(lengths, settings.answerTokenLimit)}
          options={lengths.map(({ name }) => ({ value: name, label: t(`settings.lengths.${name}`) }))}
          onChange={(name) => onChange({ answerTokenLimit: valueOf(lengths, name) })}
        />
      ),
    },
  ];
}

/** What happens around the answers: what is left out, and titles. */
export function useConversationSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation();
  const { settings, onChange } = access;
  return [
    {
      id: 'trimming',
      section: 'models',
      title: t('settings.trimming'),
      detail: t(`settings.trimmingText.${settings.trimming}`),
      usual: t(`settings.trimmings.${defaults.trimming}`),
      ...wayBack(access, defaults, 'trimming'),
      control: (
        <Segmented
          label={t('settings.trimming')}
          value={settings.trimming}
          options={trimmingSchema.options.map((value) => ({ value, label: t(`settings.trimmings.${value}`) }))}
          onChange={(trimming) => onChange({ trimming })}
        />
      ),
    },
    {
      id: 'titles',
      section: 'models',
      title: t('settings.titles'),
      detail: t('settings.titlesText'),
      usual: t(`settings.switch.${defaults.hasAutomaticTitles ? 'on' : 'off'}`),
      ...wayBack(access, defaults, 'hasAutomaticTitles'),
      control: (
        <OnOff
          label={t('settings.titles')}
          isOn={settings.hasAutomaticTitles}
          onChange={(hasAutomaticTitles) => onChange({ hasAutomaticTitles })}
        />
      ),
    },
  ];
}

/** What stands before every chat. */
export function useTextSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation();
  const { settings, onChange } = access;
  return [
    {
      id: 'system-prompt',
      section: 'models',
      title: t('settings.systemPrompt'),
      detail: t('settings.systemPromptText'),
      usual: t('settings.empty'),
      ...wayBack(access, defaults, 'systemPrompt'),
      isWide: true,
      control: (
        <SystemPromptField
          key={settings.systemPrompt}
          value={settings.systemPrompt}
          onChange={(systemPrompt) => onChange({ systemPrompt })}
        />
      ),
    },
  ];
}
