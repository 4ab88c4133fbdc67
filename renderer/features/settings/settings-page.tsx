import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageSchema, settingsSchema, themeSchema } from '../../../electron/shared/settings.ts';
import type { Settings, SettingsPatch } from '../../../electron/shared/settings.ts';
import { summaryStyleSchema } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useDescription, useSettings } from '../../api/use-live.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { lengths, nearest, temperatures, valueOf } from './setting-steps.ts';
import { SystemPromptField } from './system-prompt-field.tsx';

/** How Sotto looks and answers; each setting says what it is when nobody touches it. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const settings = useSettings();
  const description = useDescription();
  const update = useMutation(
    query.settings.update.mutationOptions({
      onSuccess: (changed) => queryClient.setQueryData(query.settings.get.queryKey(), changed),
    }),
  );
  return (
    <Page title={t('navigation.settings')}>
      {update.error === null ? null : <FailureNotice error={toFailure(update.error)} />}
      {settings === undefined ? <Skeleton lines={5} /> : null}
      {settings === undefined ? null : (
        <>
          <Appearance settings={settings} onChange={(patch) => update.mutate(patch)} />
          <Answers settings={settings} onChange={(patch) => update.mutate(patch)} />
        </>
      )}
      {description === undefined ? null : (
        <p className="numeric text-sm text-faint">{t('settings.version', { version: description.version })}</p>
      )}
    </Page>
  );
}

const defaults = settingsSchema.parse({});

type GroupProps = { readonly settings: Settings; readonly onChange: (patch: SettingsPatch) => void };

function Appearance({ settings, onChange }: GroupProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.appearance')}>
      <Row title={t('settings.language')} usual={t(`settings.languages.${defaults.language}`)}>
        <Segmented
          label={t('settings.language')}
          value={settings.language}
          options={languageSchema.options.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          onChange={(language) => onChange({ language })}
        />
      </Row>
      <Row title={t('settings.theme')} usual={t(`settings.themes.${defaults.theme}`)}>
        <Segmented
          label={t('settings.theme')}
          value={settings.theme}
          options={themeSchema.options.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          onChange={(theme) => onChange({ theme })}
        />
      </Row>
    </Section>
  );
}

function Answers({ settings, onChange }: GroupProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const temperature = nearest(temperatures, settings.temperature);
  const length = nearest(lengths, settings.answerTokenLimit);
  return (
    <Section title={t('settings.answers')}>
      <Row
        title={t('settings.temperature')}
        detail={t(`settings.temperatureText.${temperature}`)}
        usual={t(`settings.temperatures.${nearest(temperatures, defaults.temperature)}`)}
      >
        <Segmented
          label={t('settings.temperature')}
          value={temperature}
          options={temperatures.map(({ name }) => ({ value: name, label: t(`settings.temperatures.${name}`) }))}
          onChange={(name) => onChange({ temperature: valueOf(temperatures, name) })}
        />
      </Row>
      <Row
        title={t('settings.length')}
        detail={t('settings.lengthText', {
          count: settings.answerTokenLimit,
          tokens: number.format(settings.answerTokenLimit),
        })}
        usual={t(`settings.lengths.${nearest(lengths, defaults.answerTokenLimit)}`)}
      >
        <Segmented
          label={t('settings.length')}
          value={length}
          options={lengths.map(({ name }) => ({ value: name, label: t(`settings.lengths.${name}`) }))}
          onChange={(name) => onChange({ answerTokenLimit: valueOf(lengths, name) })}
        />
      </Row>
      <Row title={t('settings.summaryStyle')} usual={t(`summaryStyle.${defaults.summaryStyle}`)}>
        <Segmented
          label={t('settings.summaryStyle')}
          value={settings.summaryStyle}
          options={summaryStyleSchema.options.map((value) => ({ value, label: t(`summaryStyle.${value}`) }))}
          onChange={(summaryStyle) => onChange({ summaryStyle })}
        />
      </Row>
      <SystemPromptField value={settings.systemPrompt} onChange={(systemPrompt) => onChange({ systemPrompt })} />
    </Section>
  );
}

type RowProps = {
  readonly title: string;
  readonly detail?: string;
  /** What it is when nobody touches it. */
  readonly usual: string;
  readonly children: ReactNode;
};

function Row({ title, detail, usual, children }: RowProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5">
        <p className="text-base font-medium">{title}</p>
        {detail === undefined ? null : <p className="text-sm text-soft">{detail}</p>}
        <p className="text-sm text-faint">{t('settings.default', { value: usual })}</p>
      </div>
      {children}
    </div>
  );
}
