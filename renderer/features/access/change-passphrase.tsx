import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { NewPassphraseForm } from './new-passphrase-form.tsx';
import { PassphraseField } from './passphrase-field.tsx';

/** The current passphrase, then a new one twice. */
export function ChangePassphrase() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  const [current, setCurrent] = useState('');
  const close = (): void => {
    setOpen(false);
    setCurrent('');
    change.reset();
  };
  const change = useMutation(
    query.access.changePassphrase.mutationOptions({
      gcTime: 0,
      onSuccess: () => {
        close();
        notify({ text: t('passphrase.changed') });
      },
    }),
  );
  const failure = change.error === null ? null : toFailure(change.error);
  const isWrong = failure?.code === 'access/wrong-passphrase';
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t('passphrase.change')}</Button>;
  return (
    <div className="flex w-full max-w-[440px] flex-col gap-3">
      <PassphraseField
        label={t('passphrase.current')}
        value={current}
        autoComplete="current-password"
        problem={isWrong ? t('passphrase.wrong') : null}
        onChange={setCurrent}
      />
      {failure === null || isWrong ? null : <FailureNotice error={failure} />}
      <NewPassphraseForm
        submitLabel={t('passphrase.change')}
        isBusy={change.isPending}
        onSubmit={(next) => change.mutate({ current, next })}
        onCancel={close}
      />
    </div>
  );
}
