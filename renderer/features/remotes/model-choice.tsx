import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { Remote, RemoteModel } from '../../../electron/shared/remote.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { OpenTheWay } from './open-the-way.tsx';
import { hostOf, useRemoteTrouble } from './remote-words.ts';
import { useUpdateRemote } from './use-remotes.ts';

const shownAtMost = 40;
const dollar = 1_000_000;

type ModelChoiceProps = { readonly remote: Remote; readonly onChosen: (modelName: string) => void };

/** It is asked when somebody opens the list, and not again by itself: each time is a request that leaves. */
function useListedModels({ id }: Remote) {
  const { query } = useApi();
  return useQuery(
    query.remotes.models.queryOptions({
      input: { id },
      retry: false,
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
  );
}

/** The models that a remote offers, with context and price; a name that it does not list can be typed. */
export function ModelChoice({ remote, onChosen }: ModelChoiceProps) {
  const { t } = useTranslation('remotes');
  const [wanted, setWanted] = useState('');
  const troubleOf = useRemoteTrouble();
  const host = hostOf(remote.baseUrl);
  const listed = useListedModels(remote);
  const update = useUpdateRemote(remote.id);
  const choose = (modelName: string): void => {
    const { id: _id, ...text } = remote;
    update.mutate({ ...text, modelName }, { onSuccess: () => onChosen(modelName) });
  };
  const models = listed.data ?? [];
  const name = wanted.trim();
  const found = models.filter((model) => model.name.toLowerCase().includes(name.toLowerCase()));
  const isKnown = models.some((model) => model.name === name);
  const failure = listed.error === null ? null : toFailure(listed.error);
  return (
    <div className="flex flex-col gap-3 rounded-md bg-hover p-3">
      {failure === null ? null : (
        <>
          <FailureNotice error={failure} />
          {failure.code.startsWith('egress/') ? <OpenTheWay /> : null}
        </>
      )}
      <TextField
        label={t('models.field')}
        value={wanted}
        maxLength={200}
        problem={update.error === null ? null : troubleOf(toFailure(update.error)).words}
        onChange={(typed) => {
          update.reset();
          setWanted(typed);
        }}
      />
      {listed.isPending ? (
        <div role="status" aria-label={t('models.loading', { host })}>
          <Skeleton lines={3} />
        </div>
      ) : null}
      {listed.isSuccess && models.length === 0 ? (
        <p className="text-sm text-soft">{t('models.none', { host })}</p>
      ) : null}
      <ul aria-label={t('models.label', { host })} className="flex max-h-80 flex-col overflow-y-auto">
        {name === '' || isKnown ? null : (
          <ModelButton
            title={t('models.typed', { name })}
            text={t('models.typedText', { host })}
            onClick={() => choose(name)}
          />
        )}
        {found.slice(0, shownAtMost).map((model) => (
          <ListedModel key={model.name} model={model} remote={remote} onClick={() => choose(model.name)} />
        ))}
      </ul>
      {found.length > shownAtMost ? (
        <p className="text-sm text-faint">{t('models.more', { count: found.length - shownAtMost })}</p>
      ) : null}
    </div>
  );
}

type ListedModelProps = { readonly model: RemoteModel; readonly remote: Remote; readonly onClick: () => void };

function ListedModel({ model: { name, contextTokens, inputPrice, outputPrice }, remote, onClick }: ListedModelProps) {
  const { t, i18n } = useTranslation('remotes');
  const number = new Intl.NumberFormat(i18n.language);
  const money = (dollars: number): string => moneyWords(Math.round(dollars * dollar), i18n.language);
  const price = (): string => {
    if (inputPrice !== null && outputPrice !== null) {
      return t('models.price', { input: money(inputPrice), output: money(outputPrice) });
    }
    return t(remote.zone === 'own-server' ? 'models.freeHere' : 'models.noPrice');
  };
  const context = contextTokens === null ? null : t('models.context', { tokens: number.format(contextTokens) });
  return (
    <ModelButton
      title={name}
      text={[context, price()].filter((part) => part !== null).join(' · ')}
      isChosen={remote.modelName === name}
      onClick={onClick}
    />
  );
}

type ModelButtonProps = {
  readonly title: string;
  readonly text: string;
  readonly isChosen?: boolean;
  readonly onClick: () => void;
};

function ModelButton({ title, text, isChosen = false, onClick }: ModelButtonProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        className="flex w-full flex-col gap-0.5 rounded-md px-2.5 py-2 text-left hover:bg-raised aria-pressed:bg-raised"
        onClick={onClick}
      >
        <span className="text-base font-medium break-all">{title}</span>
        <span className="numeric text-sm text-soft">{text}</span>
      </button>
    </li>
  );
}
