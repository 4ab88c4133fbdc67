import { useQuery } from '@tanstack/react-query';
import { Copy, Eye, EyeOff, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresetId } from '../../../electron/shared/ids.ts';
import type { Preset, PresetText } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PresetEditor } from './preset-editor.tsx';
import { emptyPreset, textOf } from './preset-form.ts';
import { usePresetEdits } from './use-preset-edits.ts';

type Edited = { readonly id: PresetId | null; readonly text: PresetText };

/** Every preset, and the way to make one's own. */
export function PresetSettings() {
  const { t } = useTranslation();
  const { query } = useApi();
  const presets = useQuery(query.presets.list.queryOptions());
  const [edited, setEdited] = useState<Edited | null>(null);
  const close = (): void => setEdited(null);
  return (
    <div className="flex flex-col gap-2">
      {presets.error === null ? null : <FailureNotice error={toFailure(presets.error)} />}
      {presets.isPending ? <Skeleton lines={2} /> : null}
      <ul aria-label={t('settings.presets')} className="flex flex-col">
        {presets.data?.map((preset) => (
          <li key={preset.id} className="border-b border-hairline py-1.5 last:border-b-0">
            {edited?.id === preset.id ? (
              <PresetEditor id={preset.id} initial={edited.text} onClose={close} />
            ) : (
              <PresetRow
                preset={preset}
                onEdit={() => setEdited({ id: preset.id, text: textOf(preset) })}
                onCopy={() =>
                  setEdited({
                    id: null,
                    text: { ...textOf(preset), name: t('presets.copyName', { name: preset.name }), command: '' },
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
      {edited !== null && edited.id === null ? (
        <PresetEditor key={edited.text.name} id={null} initial={edited.text} onClose={close} />
      ) : (
        <div>
          <Button onClick={() => setEdited({ id: null, text: emptyPreset })}>
            <Plus aria-hidden size={15} /> {t('presets.new')}
          </Button>
        </div>
      )}
    </div>
  );
}

type PresetRowProps = { readonly preset: Preset; readonly onEdit: () => void; readonly onCopy: () => void };

function PresetRow({ preset, onEdit, onCopy }: PresetRowProps) {
  const { t } = useTranslation();
  const edits = usePresetEdits();
  const { name, command, isBuiltIn, isHidden, systemPrompt, template } = preset;
  return (
    <div className="flex items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col">
        <p className="flex min-w-0 items-baseline gap-2">
          <span className={isHidden ? 'truncate text-base text-faint' : 'truncate text-base font-medium'}>{name}</span>
          <code className="shrink-0 font-mono text-xs text-soft">/{command}</code>
          {isHidden ? <span className="shrink-0 text-sm text-faint">{t('presets.hidden')}</span> : null}
        </p>
        <p className="truncate text-sm text-faint">{template || systemPrompt}</p>
      </div>
      <div className="flex shrink-0 gap-0.5">
        {isBuiltIn ? (
          <IconButton
            size="small"
            icon={isHidden ? Eye : EyeOff}
            label={isHidden ? t('presets.show', { name }) : t('presets.hide', { name })}
            onClick={() => edits.setHidden(preset, !isHidden)}
          />
        ) : (
          <IconButton size="small" icon={Pencil} label={t('presets.edit', { name })} onClick={onEdit} />
        )}
        <IconButton size="small" icon={Copy} label={t('presets.copy', { name })} onClick={onCopy} />
        {isBuiltIn ? null : (
          <IconButton
            size="small"
            icon={Trash2}
            label={t('presets.remove', { name })}
            onClick={() => edits.remove(preset)}
          />
        )}
      </div>
    </div>
  );
}
