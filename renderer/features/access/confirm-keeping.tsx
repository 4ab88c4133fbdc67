import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Keeping, KeepingChoice } from '../../../electron/shared/access.ts';
import { Button } from '../../ui/button.tsx';
import { NewPassphraseForm } from './new-passphrase-form.tsx';
import { PassphraseField } from './passphrase-field.tsx';

type ConfirmKeepingProps = {
  readonly from: Keeping;
  readonly to: Keeping;
  readonly isBusy: boolean;
  readonly onChoose: (choice: KeepingChoice) => void;
  readonly onCancel: () => void;
};

/** What a change of keeping means, and what it needs. */
export function ConfirmKeeping({ from, to, isBusy, onChoose, onCancel }: ConfirmKeepingProps) {
  const { t } = useTranslation('access');
  const [current, setCurrent] = useState('');
  const needsCurrent = from === 'passphrase' && to !== 'passphrase';
  const label = t(`change.${to}`);
  if (to === 'passphrase') {
    return (
      <div className="flex flex-col gap-3 rounded-lg px-3.5 py-3 ring-1 ring-hairline">
        <NewPassphraseForm
          submitLabel={label}
          isBusy={isBusy}
          onSubmit={(passphrase) => onChoose({ keeping: 'passphrase', passphrase })}
          onCancel={onCancel}
        />
      </div>
    );
  }
  const submit = (): void => onChoose({ keeping: to, ...(needsCurrent ? { currentPassphrase: current } : {}) });
  return (
    <form
      className="flex flex-col gap-3 rounded-lg px-3.5 py-3 ring-1 ring-hairline"
      onSubmit={(event) => {
        event.preventDefault();
        if (!needsCurrent || current !== '') submit();
      }}
    >
      <p className="text-base text-pretty text-soft">
        {from === 'session-only' || to === 'session-only' ? t(`meaning.${to}`) : t('meaning.move')}
      </p>
      {needsCurrent ? (
        <PassphraseField
          label={t('passphrase.current')}
          value={current}
          autoComplete="current-password"
          onChange={setCurrent}
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look={to === 'session-only' && from !== 'session-only' ? 'danger' : 'accent'}
          disabled={isBusy || (needsCurrent && current === '')}
        >
          {label}
        </Button>
        <Button look="quiet" disabled={isBusy} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
