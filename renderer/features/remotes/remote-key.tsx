import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { hostOf } from './remote-words.ts';
import { SecretField } from './secret-field.tsx';
import { useRefreshRemotes } from './use-remotes.ts';

/** Where the key of one is, and what can be done with it; the key itself never comes back here. */
export function RemoteKey({ remote }: { readonly remote: Remote }) {
  const { t } = useTranslation('remotes');
  const { query } = useApi();
  const refresh = useRefreshRemotes();
  const [isOpen, setOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const keys = useQuery(query.keys.status.queryOptions());
  const remove = useMutation(query.keys.remove.mutationOptions({ onSettled: refresh }));
  const state = keys.data?.find(({ owner }) => owner === remote.id)?.state ?? 'missing';
  const error = keys.error ?? remove.error;
  if (keys.isPending) return null;
  return (
    <div className="flex flex-col gap-2">
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p role="status" className="flex min-w-0 items-start gap-2 text-base">
          <KeyRound
            aria-hidden
            size={14}
            className={`mt-1 shrink-0 ${state === 'unreachable' ? 'text-problem' : 'text-faint'}`}
          />
          {t(`key.state.${state}`)}
        </p>
        {state === 'unreachable' ? (
          <Button look="quiet" disabled={keys.isFetching} onClick={() => void keys.refetch()}>
            {t('key.again')}
          </Button>
        ) : null}
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(state === 'missing' ? 'key.enter' : 'key.replace')}
        </Button>
        {state === 'missing' ? null : (
          <Button look="quiet" disabled={remove.isPending} onClick={() => setRemoving(true)}>
            {t('key.remove')}
          </Button>
        )}
      </div>
      {isOpen ? <KeyForm remote={remote} onKept={() => setOpen(false)} /> : null}
      <ConfirmDialog
        isOpen={isRemoving}
        isDanger
        title={t('key.removeTitle', { name: remote.name })}
        confirmLabel={t('key.remove')}
        onConfirm={() => remove.mutate({ owner: remote.id })}
        onClose={() => setRemoving(false)}
      >
        {t('key.removeText', { host: hostOf(remote.baseUrl) })}
      </ConfirmDialog>
    </div>
  );
}

type KeyFormProps = { readonly remote: Remote; readonly onKept: () => void };

/** Takes a key; the field forgets it as soon as it is kept. */
function KeyForm({ remote, onKept }: KeyFormProps) {
  const { t } = useTranslation('remotes');
  const { query } = useApi();
  const refresh = useRefreshRemotes();
  const [secret, setSecret] = useState('');
  const set = useMutation(
    query.keys.set.mutationOptions({
      // What was typed is not left lying in the memory of the window.
      gcTime: 0,
      onSuccess: async () => {
        setSecret('');
        onKept();
        await refresh();
      },
    }),
  );
  const failure = set.error === null ? null : toFailure(set.error);
  const isWrong = /\s/.test(secret.trim()) || failure?.code === 'app/invalid-input';
  return (
    <form
      className="flex max-w-96 flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret.trim() !== '' && !isWrong) set.mutate({ owner: remote.id, secret });
      }}
    >
      {failure === null || isWrong ? null : <FailureNotice error={failure} />}
      <SecretField
        label={t('key.field', { name: remote.name })}
        hint={t('form.keyHint')}
        value={secret}
        problem={isWrong ? t('problem.key.wrong') : null}
        onChange={(typed) => {
          set.reset();
          setSecret(typed);
        }}
      />
      <div>
        <Button type="submit" disabled={secret.trim() === '' || isWrong || set.isPending}>
          {t('key.keep')}
        </Button>
      </div>
    </form>
  );
}
