import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresetText } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { lengths, nearest, temperatures, valueOf } from '../../lib/setting-steps.ts';
import { Select } from '../../ui/select.tsx';

type PresetAnsweringProps = { readonly draft: PresetText; readonly onChange: (part: Partial<PresetText>) => void };

/** Stands for what follows the settings. */
const asInSettings = 'settings';

/** With which model, how freely and at what length a preset is answered. */
export function PresetAnswering({ draft, onChange }: PresetAnsweringProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const models = useQuery(query.models.list.queryOptions()).data?.models.filter(({ kind }) => kind === 'chat') ?? [];
  const usual = { value: asInSettings, label: t('presets.asInSettings') };
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Labelled label={t('presets.model')}>
        <Select<string>
          label={t('presets.model')}
          value={draft.modelId ?? asInSettings}
          options={[usual, ...models.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => onChange({ modelId: models.find(({ id }) => id === value)?.id ?? null })}
        />
      </Labelled>
      <Labelled label={t('settings.temperature')}>
        <Select<string>
          label={t('settings.temperature')}
          value={draft.temperature === null ? asInSettings : nearest(temperatures, draft.temperature)}
          options={[
            usual,
            ...temperatures.map(({ name }) => ({ value: name, label: t(`settings.temperatures.${name}`) })),
          ]}
          onChange={(name) =>
            onChange({ temperature: name === asInSettings ? null : valueOf<string>(temperatures, name) })
          }
        />
      </Labelled>
      <Labelled label={t('settings.length')}>
        <Select<string>
          label={t('settings.length')}
          value={draft.answerTokenLimit === null ? asInSettings : nearest(lengths, draft.answerTokenLimit)}
          options={[usual, ...lengths.map(({ name }) => ({ value: name, label: t(`settings.lengths.${name}`) }))]}
          onChange={(name) =>
            onChange({ answerTokenLimit: name === asInSettings ? null : valueOf<string>(lengths, name) })
          }
        />
      </Labelled>
    </div>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span aria-hidden className="text-base font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
