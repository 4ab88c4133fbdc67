import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { trimmingSchema } from '../../../electron/shared/conversation.ts';
import type { ConversationOptions, ConversationOptionsPatch } from '../../../electron/shared/conversation.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useSettings, useStatus } from '../../api/use-live.ts';
import { lengths, nearest, temperatures, valueOf } from '../../lib/setting-steps.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';

type OptionsProps = {
  readonly options: ConversationOptions;
  readonly onChange: (options: ConversationOptionsPatch) => void;
};

type ChatOptionsDialogProps = OptionsProps & { readonly error: unknown; readonly onClose: () => void };

/** What one chat does differently from the settings; each choice says what the settings are. */
export function ChatOptionsDialog({ options, error, onChange, onClose }: ChatOptionsDialogProps) {
  const { t } = useTranslation(['window', 'chat']);
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="sheet sheet-end fixed inset-y-0 right-0 z-50 flex w-[min(400px,100vw)] flex-col gap-4 overflow-y-auto bg-raised p-5 shadow-float outline-none">
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('chat:options.title')}</Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <Dialog.Description className="-mt-3 text-base text-soft">{t('chat:options.text')}</Dialog.Description>
          {error === null ? null : <FailureNotice error={toFailure(error)} />}
          <PresetAndModel options={options} onChange={onChange} />
          <Instructions options={options} onChange={onChange} />
          <Steps options={options} onChange={onChange} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Stands for what follows the settings, or the preset. */
const usual = 'usual';

function PresetAndModel({ options, onChange }: OptionsProps) {
  const { t } = useTranslation(['window', 'chat']);
  const { query } = useApi();
  const settings = useSettings();
  const status = useStatus();
  const presets = useQuery(query.presets.list.queryOptions()).data ?? [];
  const models = useQuery(query.models.list.queryOptions()).data?.models.filter(({ kind }) => kind === 'chat') ?? [];
  const usualModel = models.find(({ id }) => id === settings?.chatModelId)?.name ?? status?.model?.name ?? '';
  return (
    <>
      <Labelled label={t('chat:options.preset')}>
        <Select<string>
          label={t('chat:options.preset')}
          value={options.presetId ?? usual}
          options={[
            { value: usual, label: t('chat:options.noPreset') },
            ...presets
              .filter(({ isHidden, id }) => !isHidden || id === options.presetId)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => onChange({ presetId: presets.find(({ id }) => id === value)?.id ?? null })}
        />
      </Labelled>
      <Labelled label={t('chat:options.model')}>
        <Select<string>
          label={t('chat:options.model')}
          value={options.modelId ?? usual}
          options={[
            { value: usual, label: t('chat:options.usual', { value: usualModel }) },
            ...models.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => onChange({ modelId: models.find(({ id }) => id === value)?.id ?? null })}
        />
      </Labelled>
    </>
  );
}

const longestInstructions = 8_000;

function Instructions({ options, onChange }: OptionsProps) {
  const { t } = useTranslation(['window', 'chat']);
  const id = useId();
  const usualText = useSettings()?.systemPrompt ?? '';
  const [text, setText] = useState(options.systemPrompt ?? '');
  const wanted = text.trim() === '' ? null : text;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {t('chat:options.instructions')}
      </label>
      <textarea
        id={id}
        value={text}
        maxLength={longestInstructions}
        rows={3}
        aria-describedby={`${id}-usual`}
        className="field-sizing-content max-h-72 min-h-20 resize-none rounded-md bg-raised px-3 py-2 text-base shadow-card ring-1 ring-edge select-text"
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => (wanted === options.systemPrompt ? undefined : onChange({ systemPrompt: wanted }))}
      />
      <p id={`${id}-usual`} className="line-clamp-3 text-sm text-soft">
        {usualText === ''
          ? t('chat:options.noInstructions')
          : t('chat:options.usualInstructions', { value: usualText.slice(0, 400) })}
      </p>
    </div>
  );
}

function Steps({ options, onChange }: OptionsProps) {
  const { t } = useTranslation(['window', 'chat']);
  const settings = useSettings();
  if (settings === undefined) return null;
  const { temperature, answerTokenLimit, trimming } = options;
  const usualStep = (value: string) => ({ value: usual, label: t('chat:options.usual', { value }) });
  return (
    <>
      <Labelled label={t('settings.temperature')}>
        <Select<string>
          label={t('settings.temperature')}
          value={temperature === null ? usual : nearest(temperatures, temperature)}
          options={[
            usualStep(t(`settings.temperatures.${nearest(temperatures, settings.temperature)}`)),
            ...temperatures.map(({ name }) => ({ value: name, label: t(`settings.temperatures.${name}`) })),
          ]}
          onChange={(name) => onChange({ temperature: name === usual ? null : valueOf<string>(temperatures, name) })}
        />
      </Labelled>
      <Labelled label={t('settings.length')}>
        <Select<string>
          label={t('settings.length')}
          value={answerTokenLimit === null ? usual : nearest(lengths, answerTokenLimit)}
          options={[
            usualStep(t(`settings.lengths.${nearest(lengths, settings.answerTokenLimit)}`)),
            ...lengths.map(({ name }) => ({ value: name, label: t(`settings.lengths.${name}`) })),
          ]}
          onChange={(name) => onChange({ answerTokenLimit: name === usual ? null : valueOf<string>(lengths, name) })}
        />
      </Labelled>
      <Labelled label={t('chat:options.trimming')}>
        <Select<string>
          label={t('chat:options.trimming')}
          value={trimming ?? usual}
          options={[
            usualStep(t(`chat:options.trimmings.${settings.trimming}`)),
            ...trimmingSchema.options.map((value) => ({ value, label: t(`chat:options.trimmings.${value}`) })),
          ]}
          onChange={(name) => onChange({ trimming: trimmingSchema.safeParse(name).data ?? null })}
        />
      </Labelled>
    </>
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
