import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { backendChoiceSchema } from '../../../../electron/shared/machine.ts';
import { modelOptionsSchema } from '../../../../electron/shared/model-detail.ts';
import type { ModelDetail, ModelOptions } from '../../../../electron/shared/model-detail.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useMachine } from '../../../api/use-models.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Section } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { AdapterOptions } from './adapter-options.tsx';
import { batchChoices, layerChoices, threadChoices, windowChoices } from './option-choices.ts';
import { OptionRow } from './option-row.tsx';
import { useOptionWords } from './use-option-words.ts';

const automatic = modelOptionsSchema.parse({});
const auto = 'auto';

/** How a model is run. Each is automatic until a person decides otherwise, and says what automatic comes to. */
export function OptionSection({ detail }: { readonly detail: ModelDetail }) {
  const { t } = useTranslation('models');
  const { query, queryClient } = useApi();
  const { id } = detail.description;
  const setOptions = useMutation(
    query.models.setOptions.mutationOptions({
      onSuccess: (changed) => queryClient.setQueryData(query.models.detail.queryKey({ input: { id } }), changed),
    }),
  );
  const change = (changed: Partial<ModelOptions>): void =>
    setOptions.mutate({ id, options: { ...detail.options, ...changed } });
  const isAutomatic = JSON.stringify(detail.options) === JSON.stringify(automatic);
  return (
    <Section title={t('options.title')}>
      <p className="max-w-[66ch] text-sm text-pretty text-soft">{t('options.text')}</p>
      {setOptions.error === null ? null : <FailureNotice error={toFailure(setOptions.error)} />}
      <div className="flex flex-col">
        <WhereOptions detail={detail} onChange={change} />
        <NumberOption detail={detail} name="contextTokens" choices={windowChoices(detail)} onChange={change} />
        <ThreadOption detail={detail} onChange={change} />
        <SwitchOption detail={detail} name="usesFlashAttention" onChange={change} />
        <SwitchOption detail={detail} name="usesMemoryMapping" onChange={change} />
        <NumberOption detail={detail} name="batchTokens" choices={batchChoices(detail)} onChange={change} />
        <AdapterOptions detail={detail} onChange={change} />
      </div>
      {isAutomatic ? null : (
        <div>
          <Button onClick={() => change(automatic)}>{t('options.reset')}</Button>
        </div>
      )}
    </Section>
  );
}

type OptionProps = { readonly detail: ModelDetail; readonly onChange: (changed: Partial<ModelOptions>) => void };

function WhereOptions({ detail, onChange }: OptionProps) {
  const { t } = useTranslation('models');
  const machine = useMachine();
  const { options, fit } = detail;
  const usable = machine?.backends.filter(({ isUsable }) => isUsable).map(({ backend }) => backend) ?? [];
  const choices = backendChoiceSchema.options.filter(
    (value) => value === auto || value === 'cpu' || value === options.backend || usable.includes(value),
  );
  const hasGraphics = usable.some((backend) => backend !== 'cpu');
  return (
    <>
      <OptionRow name="backend">
        <Select
          label={t('options.backend')}
          value={options.backend}
          options={choices.map((value) => ({
            value,
            label:
              value === auto && options.backend === auto
                ? t('options.autoNow', { value: t(`backend.short.${fit.backend}`) })
                : t(`backend.${value}`),
          }))}
          onChange={(backend) => onChange({ backend })}
        />
      </OptionRow>
      {hasGraphics && fit.layers > 0 ? (
        <NumberOption detail={detail} name="graphicsLayers" choices={layerChoices(detail)} onChange={onChange} />
      ) : null}
    </>
  );
}

function ThreadOption({ detail, onChange }: OptionProps) {
  const machine = useMachine();
  if (machine === undefined) return null;
  return <NumberOption detail={detail} name="threads" choices={threadChoices(detail, machine)} onChange={onChange} />;
}

type NumberOptionProps = OptionProps & {
  readonly name: 'contextTokens' | 'graphicsLayers' | 'threads' | 'batchTokens';
  readonly choices: readonly number[];
};

function NumberOption({ detail, name, choices, onChange }: NumberOptionProps) {
  const { t } = useTranslation('models');
  const words = useOptionWords(detail);
  const present = detail.options[name];
  const chosen = words.automatic(name);
  return (
    <OptionRow name={name}>
      <Select
        label={t(`options.${name}`)}
        value={present === null ? auto : String(present)}
        options={[
          {
            value: auto,
            label: chosen === null || present !== null ? t('options.auto') : t('options.autoNow', { value: chosen }),
          },
          ...choices.map((value) => ({ value: String(value), label: words.of(name, value) })),
        ]}
        onChange={(value) => onChange({ [name]: value === auto ? null : Number(value) })}
      />
    </OptionRow>
  );
}

type SwitchOptionProps = OptionProps & { readonly name: 'usesFlashAttention' | 'usesMemoryMapping' };

function SwitchOption({ detail, name, onChange }: SwitchOptionProps) {
  const { t } = useTranslation('models');
  const present = detail.options[name];
  const value = present === null ? auto : present ? 'on' : 'off';
  return (
    <OptionRow name={name}>
      <Select
        label={t(`options.${name}`)}
        value={value}
        options={[
          { value: auto, label: t('options.auto') },
          { value: 'on', label: t('options.on') },
          { value: 'off', label: t('options.off') },
        ]}
        onChange={(wanted) => onChange({ [name]: wanted === auto ? null : wanted === 'on' })}
      />
    </OptionRow>
  );
}
