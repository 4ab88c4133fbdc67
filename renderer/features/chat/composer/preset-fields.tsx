import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenPreset } from '../../../../electron/shared/fill-preset.ts';

type PresetFieldsProps = {
  readonly taken: TakenPreset;
  readonly onChange: (taken: TakenPreset) => void;
  readonly onRemove: () => void;
};

/** The preset that the next message is written with, and what it asks to be filled in. */
export function PresetFields({ taken, onChange, onRemove }: PresetFieldsProps) {
  const { t } = useTranslation('chat');
  const id = useId();
  const { preset, values } = taken;
  return (
    <div role="group" aria-label={t('preset.label')} className="flex flex-wrap items-end gap-2 px-3 pt-3">
      <span className="flex h-7 max-w-full items-center rounded-md bg-accent-wash pl-2 text-sm">
        <span className="truncate font-medium">{preset.name}</span>
        <button
          type="button"
          aria-label={t('preset.remove', { name: preset.name })}
          className="flex size-7 shrink-0 items-center justify-center rounded-md text-soft hover:text-ink"
          onClick={onRemove}
        >
          <X aria-hidden size={13} />
        </button>
      </span>
      {preset.variables.map(({ name }) => (
        <span key={name} className="flex h-7 items-center gap-1.5 rounded-md bg-hover pl-2 text-sm">
          <label htmlFor={`${id}-${name}`} className="text-soft">
            {name}
          </label>
          <input
            id={`${id}-${name}`}
            type="text"
            value={values[name] ?? ''}
            maxLength={2_000}
            className="h-7 w-32 rounded-md bg-raised px-2 ring-1 ring-edge ring-inset"
            onChange={(event) => onChange({ preset, values: { ...values, [name]: event.currentTarget.value } })}
          />
        </span>
      ))}
    </div>
  );
}
