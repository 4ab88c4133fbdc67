import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { passphraseLimits } from '../../../electron/shared/access.ts';
import { IconButton } from '../../ui/icon-button.tsx';

type PassphraseFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly autoComplete: 'current-password' | 'new-password';
  /** What is wrong with it, in a sentence. */
  readonly problem?: string | null;
  readonly ref?: Ref<HTMLInputElement>;
  readonly onChange: (value: string) => void;
};

/** A field for a passphrase: it can be shown, and it says when capital letters are locked. */
export function PassphraseField({ label, value, autoComplete, problem = null, ref, onChange }: PassphraseFieldProps) {
  const { t } = useTranslation('access');
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const noteCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  const hint = problem ?? (hasCapsLock ? t('passphrase.capsLock') : null);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          ref={ref}
          id={id}
          type={isShown ? 'text' : 'password'}
          value={value}
          maxLength={passphraseLimits.longest}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          className="h-9 w-full rounded-md bg-raised pr-10 pl-3 text-base shadow-card ring-1 ring-edge select-text aria-invalid:ring-problem"
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        <IconButton
          size="small"
          icon={isShown ? EyeOff : Eye}
          label={isShown ? t('passphrase.hide') : t('passphrase.show')}
          className="absolute top-1 right-1"
          onClick={() => setShown(!isShown)}
        />
      </div>
      <p
        id={`${id}-hint`}
        role="status"
        className={hint === null ? 'hidden' : problem === null ? 'text-sm text-soft' : 'text-sm text-problem'}
      >
        {hint}
      </p>
    </div>
  );
}
