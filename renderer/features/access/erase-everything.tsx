import { useMutation } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasureReport } from '../../../electron/shared/access.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useShowErasure } from './erasure-context.ts';

/** Removes every chat and its key for good, after a word was typed. */
export function EraseEverything() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const onErased = useShowErasure();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const erase = useMutation(query.access.erase.mutationOptions({ onSuccess: onErased }));
  const word = t('erase.word');
  const isConfirmed = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  if (!isOpen) {
    return (
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('erase.button')}
      </Button>
    );
  }
  return (
    <form
      className="flex w-full max-w-[440px] flex-col gap-3 rounded-lg px-3.5 py-3 ring-1 ring-problem"
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed && !erase.isPending) erase.mutate(undefined);
      }}
    >
      <p className="text-base text-pretty text-soft">{t('erase.meaning')}</p>
      <label className="flex flex-col gap-1.5 text-base font-medium">
        {t('erase.type', { word })}
        <input
          // Opened by the button just pressed, whose place this takes.
          ref={(field) => field?.focus()}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          className="h-9 rounded-md bg-raised px-3 font-normal shadow-card ring-1 ring-edge select-text"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      {erase.error === null ? null : <FailureNotice error={toFailure(erase.error)} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="danger" disabled={!isConfirmed || erase.isPending}>
          {t('erase.button')}
        </Button>
        <Button look="quiet" disabled={erase.isPending} onClick={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
      <p role="status" className="text-sm text-soft">
        {erase.isPending ? t('erase.working') : ''}
      </p>
    </form>
  );
}

/** What an erasure found when it looked again. */
export function ErasureFacts({ report }: { readonly report: ErasureReport }) {
  const { t } = useTranslation('access');
  const facts = [
    ['key', report.isKeyGone],
    ['database', report.isDatabaseGone],
    ['backups', report.areBackupsGone],
  ] as const;
  return (
    <div className="flex flex-col gap-2 text-base">
      <p>{facts.every(([, isGone]) => isGone) ? t('erased.all') : t('erased.some')}</p>
      <ul className="flex flex-col gap-1">
        {facts.map(([name, isGone]) => {
          const Mark = isGone ? Check : X;
          return (
            <li key={name} className="flex items-center gap-2">
              <Mark aria-hidden size={15} className={isGone ? 'text-local' : 'text-problem'} />
              {t(`erased.${name}.${isGone ? 'gone' : 'left'}`)}
            </li>
          );
        })}
      </ul>
      {report.leftFiles.length === 0 ? null : (
        <p className="text-sm text-soft">
          {t('erased.leftFiles')}{' '}
          <span className="selectable font-mono text-xs break-words">{report.leftFiles.join(', ')}</span>
        </p>
      )}
    </div>
  );
}
