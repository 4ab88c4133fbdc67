import { useQuery } from '@tanstack/react-query';
import { Library } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { WantedCollection } from './use-file-work.ts';

const nameLimit = 100;

type CollectionChoiceProps = { readonly onChoose: (wanted: WantedCollection) => void };

/** Which collection the files go to: one that exists, or a new one. */
export function CollectionChoice({ onChoose }: CollectionChoiceProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const [name, setName] = useState('');
  const collections = useQuery(query.library.list.queryOptions());
  const list = collections.data ?? [];
  const isEmpty = collections.data?.length === 0;
  return (
    <div className="flex flex-col gap-3 px-2 pb-1">
      <h3 className="text-base font-medium">{t('drop.which')}</h3>
      {collections.error === null ? null : <FailureNotice error={toFailure(collections.error)} />}
      {isEmpty ? <p className="text-sm text-soft">{t('drop.noCollections')}</p> : null}
      <ul aria-label={t('drop.which')} className="-mx-2 flex max-h-60 flex-col overflow-y-auto">
        {list.map((collection, index) => (
          <li key={collection.id}>
            <button
              type="button"
              // The one thing to do next, where the choice before this one stood.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={index === 0}
              className="flex w-full items-center gap-3.5 rounded-md px-2 py-2 text-left hover:bg-hover"
              onClick={() => onChoose({ id: collection.id })}
            >
              <Library aria-hidden size={17} strokeWidth={1.6} className="shrink-0 text-accent" />
              <span className="min-w-0 flex-1 truncate text-base font-medium">{collection.name}</span>
              <span className="numeric shrink-0 text-sm text-faint">
                {t('drop.files', { count: collection.counts.total })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onChoose({ newName: name.trim() });
        }}
      >
        <div className="min-w-0 flex-1">
          <TextField
            label={t('drop.newCollection')}
            value={name}
            maxLength={nameLimit}
            hasFocus={isEmpty}
            problem={null}
            onChange={setName}
          />
        </div>
        <Button type="submit" look="accent" disabled={name.trim() === ''}>
          {t('drop.create')}
        </Button>
      </form>
    </div>
  );
}
