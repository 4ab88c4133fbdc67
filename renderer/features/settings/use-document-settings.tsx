import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { recognitionLanguageSchema, settingsSchema } from '../../../electron/shared/settings.ts';
import type { RecognitionLanguage } from '../../../electron/shared/settings.ts';
import { summaryStyleSchema } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { OnOff } from '../../ui/on-off.tsx';
import { Select } from '../../ui/select.tsx';
import { wayBack } from './setting.ts';
import type { Setting, SettingsAccess } from './setting.ts';

const defaults = settingsSchema.parse({});

/** A question or an instruction belongs to one document; neither can be the usual style. */
const usualStyles = summaryStyleSchema.exclude(['question', 'instructions']).options;

/** How documents are read, found and summarised. */
export function useDocumentSettings(access: SettingsAccess): readonly Setting[] {
  const { t } = useTranslation();
  const { settings, onChange } = access;
  return [
    {
      id: 'summary-style',
      section: 'documents',
      title: t('settings.summaryStyle'),
      usual: t(`summaryStyle.${defaults.summaryStyle}`),
      ...wayBack(access, defaults, 'summaryStyle'),
      control: (
        <Select
          label={t('settings.summaryStyle')}
          value={settings.summaryStyle}
          options={usualStyles.map((value) => ({ value, label: t(`summaryStyle.${value}`) }))}
          onChange={(summaryStyle) => onChange({ summaryStyle })}
        />
      ),
    },
    useRecognitionSetting(access),
    {
      id: 'battery',
      section: 'documents',
      title: t('settings.battery'),
      detail: t('settings.batteryText'),
      keywords: t('settings.batteryWords'),
      usual: t(`settings.switch.${defaults.pausesIndexingOnBattery ? 'on' : 'off'}`),
      ...wayBack(access, defaults, 'pausesIndexingOnBattery'),
      control: (
        <OnOff
          label={t('settings.battery')}
          isOn={settings.pausesIndexingOnBattery}
          onChange={(pausesIndexingOnBattery) => onChange({ pausesIndexingOnBattery })}
        />
      ),
    },
    useEmbedderSetting(access),
  ];
}

const languages = recognitionLanguageSchema.options;

/** The chosen ones in the order of all, which is the order in which they are tried. */
const chosenOf = (names: readonly string[]): RecognitionLanguage[] => languages.filter((name) => names.includes(name));

function useRecognitionSetting({ settings, onChange }: SettingsAccess): Setting {
  const { t } = useTranslation();
  const chosen = settings.recognitionLanguages;
  const isUsual = chosenOf(chosen).join() === defaults.recognitionLanguages.join();
  return {
    id: 'recognition',
    section: 'documents',
    title: t('settings.recognition'),
    detail: `${t('settings.recognitionText')} ${t('settings.recognitionLast')}`,
    keywords: t('settings.recognitionWords'),
    usual: defaults.recognitionLanguages.map((name) => t(`settings.recognitionLanguages.${name}`)).join(', '),
    ...(isUsual ? {} : { onReset: () => onChange({ recognitionLanguages: [...defaults.recognitionLanguages] }) }),
    control: (
      <ToggleGroup
        multiple
        aria-label={t('settings.recognition')}
        value={chosen}
        onValueChange={(names) => {
          const next = chosenOf(names);
          if (next.length > 0) onChange({ recognitionLanguages: next });
        }}
        className="inline-flex max-w-full shrink-0 flex-wrap gap-1"
      >
        {languages.map((name) => (
          <Toggle
            key={name}
            value={name}
            className="group inline-flex h-8 items-center gap-1.5 rounded-md px-3 text-sm font-medium text-soft ring-1 ring-edge ring-inset hover:bg-hover data-[pressed]:bg-accent-wash data-[pressed]:text-accent"
          >
            <Check aria-hidden size={13} className="hidden group-data-[pressed]:block" />
            {t(`settings.recognitionLanguages.${name}`)}
          </Toggle>
        ))}
      </ToggleGroup>
    ),
  };
}

/** Stands for "the one that ships with the app" among the choices. */
const shipped = 'shipped';

function useEmbedderSetting(access: SettingsAccess): Setting {
  const { t } = useTranslation();
  const { query } = useApi();
  const { settings, onChange } = access;
  const models = useQuery(query.models.list.queryOptions()).data?.models ?? [];
  const embedders = models.filter(({ kind }) => kind === 'embedding');
  const own = embedders.filter(({ isBuiltIn }) => !isBuiltIn);
  const builtIn = embedders.find(({ isBuiltIn }) => isBuiltIn);
  const { embedderId } = settings;
  const isMissing = embedderId !== null && !own.some(({ id }) => id === embedderId);
  const options: readonly { readonly value: string; readonly label: string }[] = [
    {
      value: shipped,
      label:
        builtIn === undefined ? t('settings.embedderDefault') : t('settings.embedderShipped', { name: builtIn.name }),
    },
    ...own.map(({ id, name }) => ({ value: id, label: name })),
    ...(isMissing ? [{ value: embedderId, label: t('settings.embedderMissing') }] : []),
  ];
  return {
    id: 'embedder',
    section: 'documents',
    title: t('settings.embedder'),
    detail: t('settings.embedderText'),
    keywords: t('settings.embedderWords'),
    usual: t('settings.embedderDefault'),
    ...wayBack(access, defaults, 'embedderId'),
    control: (
      <Select
        label={t('settings.embedder')}
        value={embedderId ?? shipped}
        options={options}
        onChange={(value) => onChange({ embedderId: own.find(({ id }) => id === value)?.id ?? null })}
      />
    ),
  };
}
