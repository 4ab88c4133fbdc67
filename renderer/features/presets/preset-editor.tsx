import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresetId } from '../../../electron/shared/ids.ts';
import type { PresetText } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { commandOf, finishPreset, variablesOf } from './preset-form.ts';
import { PresetAnswering } from './preset-answering.tsx';

type PresetEditorProps = {
  /** Null for a new one. */
  readonly id: PresetId | null;
  readonly initial: PresetText;
  readonly onClose: () => void;
};

/** Stores a preset, new or changed. */
function useStorePreset(id: PresetId | null, onStored: () => void) {
  const { client, query, queryClient } = useApi();
  return useMutation({
    mutationFn: (text: PresetText) => (id === null ? client.presets.create(text) : client.presets.update({ id, text })),
    onSuccess: () => {
      onStored();
      return queryClient.invalidateQueries({ queryKey: query.presets.key() });
    },
  });
}

/** A preset while it is written. */
export function PresetEditor({ id, initial, onClose }: PresetEditorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [wasTried, setTried] = useState(false);
  const store = useStorePreset(id, onClose);
  const change = (part: Partial<PresetText>): void => setDraft({ ...draft, ...part });
  const finished = finishPreset(draft);
  const problem = wasTried && 'problem' in finished ? finished.problem : null;
  const failure = store.error === null ? null : toFailure(store.error);
  const isTaken = failure?.details['reason'] === 'command-taken';
  return (
    <form
      className="my-2 flex flex-col gap-3 rounded-lg px-4 py-3.5 ring-1 ring-hairline"
      aria-label={id === null ? t('presets.new') : t('presets.edit', { name: initial.name })}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ('text' in finished && !store.isPending) store.mutate(finished.text);
      }}
    >
      <Names draft={draft} problem={isTaken ? 'taken' : problem} onChange={change} />
      <TextArea
        label={t('presets.persona')}
        hint={t('presets.personaText')}
        value={draft.systemPrompt}
        maxLength={8_000}
        problem={null}
        onChange={(systemPrompt) => change({ systemPrompt })}
      />
      <TextArea
        label={t('presets.template')}
        hint={t('presets.templateText', { input: '{{input}}', example: '{{language}}' })}
        value={draft.template}
        maxLength={20_000}
        problem={problem === 'empty' ? t('presets.bothEmpty') : null}
        onChange={(template) => change({ template })}
      />
      <Variables draft={draft} onChange={change} />
      <PresetAnswering draft={draft} onChange={change} />
      {failure === null || isTaken ? null : <FailureNotice error={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="accent" disabled={store.isPending}>
          {t('presets.save')}
        </Button>
        <Button look="quiet" disabled={store.isPending} onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

type NamesProps = {
  readonly draft: PresetText;
  readonly problem: 'name' | 'command' | 'empty' | 'taken' | null;
  readonly onChange: (part: Partial<PresetText>) => void;
};

/** What it is called, and what is typed to choose it. */
function Names({ draft, problem, onChange }: NamesProps) {
  const { t } = useTranslation();
  const aboutCommand = {
    taken: t('presets.commandTaken'),
    command: t('presets.commandWrong'),
    name: null,
    empty: null,
  } as const;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t('presets.name')}
        value={draft.name}
        maxLength={60}
        hasFocus
        problem={problem === 'name' ? t('presets.nameMissing') : null}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        label={t('presets.command')}
        value={draft.command}
        maxLength={31}
        placeholder={commandOf(draft.name)}
        problem={problem === null ? null : aboutCommand[problem]}
        onChange={(command) => onChange({ command: command.replace(/^\//, '') })}
      />
    </div>
  );
}

type VariablesProps = { readonly draft: PresetText; readonly onChange: (part: Partial<PresetText>) => void };

/** The variables that the template has, each with what it is when nobody says otherwise. */
function Variables({ draft, onChange }: VariablesProps) {
  const { t } = useTranslation();
  const names = variablesOf(draft.template);
  if (names.length === 0) return null;
  const valueOf = (name: string): string =>
    draft.variables.find((variable) => variable.name === name)?.defaultValue ?? '';
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {names.map((name) => (
        <TextField
          key={name}
          label={t('presets.variable', { name })}
          value={valueOf(name)}
          maxLength={2_000}
          problem={null}
          onChange={(defaultValue) =>
            onChange({
              variables: [...draft.variables.filter((variable) => variable.name !== name), { name, defaultValue }],
            })
          }
        />
      ))}
    </div>
  );
}
