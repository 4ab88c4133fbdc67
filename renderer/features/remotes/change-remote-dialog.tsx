import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { FormTrouble, RemoteForm } from './remote-form.tsx';
import { draftOf, textOf } from './remote-kind.ts';
import { hostOf, useMissingName, useRemoteTrouble } from './remote-words.ts';
import { useUpdateRemote } from './use-remotes.ts';

type ChangeRemoteDialogProps = { readonly remote: Remote; readonly onClose: () => void };

/** Another name or address; its key goes with the old address. */
export function ChangeRemoteDialog({ remote, onClose }: ChangeRemoteDialogProps) {
  const { t } = useTranslation('remotes');
  const [draft, setDraft] = useState(draftOf(remote));
  const troubleOf = useRemoteTrouble();
  const update = useUpdateRemote(remote.id);
  const missingName = useMissingName();
  const trouble = missingName(draft.name) ?? (update.error === null ? null : troubleOf(toFailure(update.error)));
  return (
    <FormDialog
      title={t('form.changeTitle', { name: remote.name })}
      text={t('form.text')}
      submitLabel={t('form.save')}
      canSubmit={!update.isPending && missingName(draft.name) === null}
      onSubmit={() => update.mutate(textOf(draft, remote.modelName), { onSuccess: onClose })}
      onClose={onClose}
    >
      <FormTrouble trouble={trouble} />
      <RemoteForm
        draft={draft}
        trouble={trouble}
        onChange={(changed) => {
          update.reset();
          setDraft(changed);
        }}
      />
      {hostOf(draft.address) === hostOf(remote.baseUrl) ? null : (
        <p role="status" className="text-sm text-pretty text-soft">
          {t('form.addressMoves')}
        </p>
      )}
    </FormDialog>
  );
}
