import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const longestToken = 4_096;

/** The token for the hub: whether there is one and where it is kept; it is never shown again. */
export function HubToken() {
  const { t } = useTranslation('models');
  const { query, queryClient } = useApi();
  const [isReplacing, setReplacing] = useState(false);
  const status = useQuery(query.keys.status.queryOptions());
  const remove = useMutation(
    query.keys.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.keys.key() }),
    }),
  );
  if (status.isPending) return <Skeleton lines={1} />;
  const state = status.data?.find(({ owner }) => owner === 'hub')?.state ?? 'missing';
  const hasToken = state !== 'missing';
  const error = status.error ?? remove.error;
  return (
    <div className="flex flex-col gap-2.5">
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-base">
          {t(`settings.tokenState.${state}`)}
        </p>
        {hasToken ? (
          <span className="flex gap-2">
            <Button onClick={() => setReplacing(!isReplacing)} aria-expanded={isReplacing}>
              {t('settings.tokenReplace')}
            </Button>
            <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate({ owner: 'hub' })}>
              {t('settings.tokenRemove')}
            </Button>
          </span>
        ) : null}
      </div>
      {!hasToken || isReplacing ? <TokenForm onKept={() => setReplacing(false)} /> : null}
    </div>
  );
}

/** Takes a token; the field forgets it as soon as it is kept. */
function TokenForm({ onKept }: { readonly onKept: () => void }) {
  const { t } = useTranslation('models');
  const { query, queryClient } = useApi();
  const id = useId();
  const [secret, setSecret] = useState('');
  const set = useMutation(
    query.keys.set.mutationOptions({
      // What was typed is not left lying in the memory of the window.
      gcTime: 0,
      onSuccess: async () => {
        setSecret('');
        onKept();
        await queryClient.invalidateQueries({ queryKey: query.keys.key() });
      },
    }),
  );
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret.trim() !== '') set.mutate({ owner: 'hub', secret });
      }}
    >
      {set.error === null ? null : <FailureNotice error={toFailure(set.error)} />}
      <div className="flex flex-wrap gap-2">
        <label htmlFor={id} className="sr-only">
          {t('settings.tokenField')}
        </label>
        <input
          id={id}
          type="password"
          value={secret}
          maxLength={longestToken}
          autoComplete="off"
          spellCheck={false}
          placeholder="hf_…"
          className="h-8 w-80 max-w-full min-w-0 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text"
          onChange={({ currentTarget }) => setSecret(currentTarget.value)}
        />
        <Button type="submit" disabled={secret.trim() === '' || set.isPending}>
          {t('settings.tokenSave')}
        </Button>
      </div>
    </form>
  );
}
