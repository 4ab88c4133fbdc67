import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { Select } from '../../ui/select.tsx';
import { FormTrouble, RemoteForm } from './remote-form.tsx';
import { draftFor, remoteChoices, textOf } from './remote-kind.ts';
import type { RemoteChoice, RemoteDraft } from './remote-kind.ts';
import { useMissingName, useRemoteTrouble } from './remote-words.ts';
import { SecretField } from './secret-field.tsx';
import { useAddRemote } from './use-remotes.ts';

type AddRemoteDialogProps = {
  readonly remotes: readonly Remote[];
  readonly onAdded: () => void;
  readonly onClose: () => void;
};

/** Says that a large model is there and its key is not. */
function useSayNotKept(): (remote: Remote, error: Error) => void {
  const { t } = useTranslation('remotes');
  const errorWords = useErrorWords();
  const notify = useNotify();
  return ({ name }, error) => {
    const reason = errorWords(toFailure(error));
    notify({ text: t('problem.key.not-kept', { name, reason }), isProblem: true });
  };
}

/** Where it is, what it is called, and its key, typed once. */
export function AddRemoteDialog({ remotes, onAdded, onClose }: AddRemoteDialogProps) {
  const { t } = useTranslation('remotes');
  const takenNames = remotes.map(({ name }) => name);
  const [draft, setDraft] = useState(draftFor('openai', takenNames));
  const [secret, setSecret] = useState('');
  const troubleOf = useRemoteTrouble();
  const sayNotKept = useSayNotKept();
  const add = useAddRemote();
  const missingName = useMissingName();
  const [isTried, setTried] = useState(false);
  const failed = add.error === null ? null : troubleOf(toFailure(add.error));
  const trouble = isTried ? (missingName(draft.name) ?? failed) : null;
  const hasSpace = /\s/.test(secret.trim());
  const change = (changed: RemoteDraft): void => {
    add.reset();
    setTried(false);
    setDraft(changed);
  };
  const submit = (): void => {
    setTried(true);
    if (missingName(draft.name) !== null) return;
    add.mutate(
      { text: textOf(draft, null), secret },
      {
        onSuccess: ({ remote, keyError }) => {
          setSecret('');
          onAdded();
          if (keyError !== null) sayNotKept(remote, keyError);
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('form.addTitle')}
      text={t('form.text')}
      submitLabel={t('form.add')}
      canSubmit={!add.isPending && !hasSpace}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="-mx-1 flex min-h-0 flex-col gap-4 overflow-y-auto px-1 pb-1">
        <FormTrouble trouble={trouble} />
        <KindField choice={draft.choice} onChange={(choice) => change(draftFor(choice, takenNames))} />
        <RemoteForm draft={draft} trouble={trouble} onChange={change} />
        <SecretField
          label={t(draft.choice === 'own-server' ? 'form.keyOptional' : 'form.key')}
          hint={t('form.keyHint')}
          value={secret}
          problem={hasSpace ? t('problem.key.wrong') : null}
          onChange={setSecret}
        />
      </div>
    </FormDialog>
  );
}

type KindFieldProps = { readonly choice: RemoteChoice; readonly onChange: (choice: RemoteChoice) => void };

function KindField({ choice, onChange }: KindFieldProps) {
  const { t } = useTranslation('remotes');
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden className="text-base font-medium">
        {t('form.kind')}
      </span>
      <Select
        label={t('form.kind')}
        value={choice}
        options={remoteChoices.map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
        onChange={onChange}
      />
      {choice === 'own-server' || choice === 'other' ? (
        <p className="text-sm text-pretty text-soft">{t(`form.kindHint.${choice}`)}</p>
      ) : null}
    </div>
  );
}
