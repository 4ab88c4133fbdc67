import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelDetail, ModelOptions } from '../../../../electron/shared/model-detail.ts';
import { useAdapters, useImportAdapter } from '../../../api/use-models.ts';
import { modelFileTypes } from '../../../lib/file-kinds.ts';
import { Button } from '../../../ui/button.tsx';
import { useFilePicker } from '../../../ui/file-picker.tsx';
import { useNotify } from '../../../ui/notifications.tsx';
import { Select } from '../../../ui/select.tsx';
import { useFailureNote } from '../use-model-edits.ts';
import { scaleChoices } from './option-choices.ts';
import { OptionRow } from './option-row.tsx';

type AdapterOptionsProps = {
  readonly detail: ModelDetail;
  readonly onChange: (changed: Partial<ModelOptions>) => void;
};

const none = 'none';

/** A small file that changes how the model writes, and how strongly. */
export function AdapterOptions({ detail, onChange }: AdapterOptionsProps) {
  const { t, i18n } = useTranslation('models');
  const { adapters, options } = detail;
  const others = useAdapters().length - adapters.length;
  const { adapter } = options;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const isMissing = adapter !== null && !adapters.some(({ id }) => id === adapter.id);
  const choices: readonly { readonly value: string; readonly label: string }[] = [
    { value: none, label: t('options.noAdapter') },
    ...adapters.map(({ id, name }) => ({ value: id, label: name })),
    ...(isMissing ? [{ value: adapter.id, label: t('options.adapterMissing') }] : []),
  ];
  return (
    <>
      <OptionRow name="adapter">
        <Select
          label={t('options.adapter')}
          value={adapter?.id ?? none}
          options={choices}
          onChange={(value) => {
            const chosen = adapters.find(({ id }) => id === value);
            onChange({ adapter: chosen === undefined ? null : { id: chosen.id, scale: adapter?.scale ?? 1 } });
          }}
        />
        <AddAdapter />
        {others > 0 ? (
          <span className="text-sm text-pretty text-faint">{t('options.otherAdapters', { count: others })}</span>
        ) : null}
      </OptionRow>
      {adapter === null ? null : (
        <OptionRow name="adapterScale">
          <Select
            label={t('options.adapterScale')}
            value={String(adapter.scale)}
            options={scaleChoices(adapter.scale).map((value) => ({
              value: String(value),
              label: percent.format(value),
            }))}
            onChange={(value) => onChange({ adapter: { ...adapter, scale: Number(value) } })}
          />
        </OptionRow>
      )}
    </>
  );
}

function AddAdapter() {
  const { t } = useTranslation('models');
  const notify = useNotify();
  const onError = useFailureNote();
  const add = useImportAdapter();
  const picker = useFilePicker({
    accept: modelFileTypes,
    label: t('options.addAdapter'),
    onFiles: ([file]) =>
      file === undefined
        ? undefined
        : add.mutate(file, {
            onError,
            onSuccess: ({ name, architecture }) => notify({ text: t('options.adapterAdded', { name, architecture }) }),
          }),
  });
  return (
    <>
      {picker.input}
      <Button disabled={add.isPending} onClick={picker.open}>
        <Plus aria-hidden size={14} /> {t('options.addAdapter')}
      </Button>
    </>
  );
}
