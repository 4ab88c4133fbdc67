import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../electron/shared/preset.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { canUse } from './one-key-presets.ts';

type PresetKeysProps = {
  readonly presets: readonly Preset[];
  readonly text: string;
  readonly context: string | null;
  /** How the key before the digit is written; null while the digit alone does it. */
  readonly modifier: string | null;
  readonly onChoose: (preset: Preset) => void;
};

/** What can be done with one key. */
export function PresetKeys({ presets, text, context, modifier, onChoose }: PresetKeysProps) {
  const { t } = useTranslation('quickAsk');
  if (presets.length === 0) return null;
  return (
    <div className="flex items-start gap-2 pr-5 pl-3.5">
      <ul aria-label={t('presets.label')} className="flex min-w-0 flex-1 flex-wrap gap-1">
        {presets.map((preset, index) => (
          <li key={preset.id} className="min-w-0">
            <button
              type="button"
              disabled={!canUse(preset, text, context)}
              aria-keyshortcuts={modifier === null ? `${index + 1}` : `${ariaNames[modifier] ?? modifier}+${index + 1}`}
              className="flex h-7 max-w-full items-center gap-1.5 rounded-md px-1.5 text-sm text-soft hover:bg-hover hover:text-ink disabled:hover:bg-transparent"
              onClick={() => onChoose(preset)}
            >
              <KeyHint>{`${index + 1}`}</KeyHint>
              <span className="truncate">{preset.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <span className="numeric shrink-0 py-1.5 text-xs text-faint">
        {modifier === null ? t('presets.hintPlain') : t('presets.hintKeys', { key: modifier })}
      </span>
    </div>
  );
}

/** The names that assistive technology knows. */
const ariaNames: Readonly<Record<string, string>> = { '⌘': 'Meta' };
