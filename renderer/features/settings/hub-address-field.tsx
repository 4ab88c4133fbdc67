import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsPatchSchema } from '../../../electron/shared/settings.ts';
import { Button } from '../../ui/button.tsx';

type HubAddressFieldProps = { readonly value: string; readonly onChange: (address: string) => void };

/** What a person typed as an address, with what they left out; null where it is none. */
export function hubAddressOf(typed: string): string | null {
  const address = typed.trim().replace(/\/+$/, '');
  const complete = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  return settingsPatchSchema.safeParse({ hubAddress: complete }).success ? complete : null;
}

/** The address of the hub, taken when it is one. */
export function HubAddressField({ value, onChange }: HubAddressFieldProps) {
  const { t } = useTranslation('models');
  const id = useId();
  const [text, setText] = useState(value);
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        const address = hubAddressOf(text);
        setWrong(address === null);
        if (address !== null) onChange(address);
      }}
    >
      <div className="flex flex-wrap gap-2">
        <input
          value={text}
          maxLength={300}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          aria-label={t('settings.hub')}
          aria-invalid={isWrong}
          aria-describedby={`${id}-problem`}
          className="h-8 w-80 max-w-full min-w-0 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text aria-invalid:ring-problem"
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setWrong(false);
          }}
        />
        {text === value ? null : <Button type="submit">{t('settings.hubSave')}</Button>}
      </div>
      <p id={`${id}-problem`} role="alert" className="text-sm text-problem">
        {isWrong ? t('settings.hubWrong') : ''}
      </p>
    </form>
  );
}
