import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passphraseLimits } from '../../../electron/shared/access.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { usePassphraseStrength } from './passphrase-strength.ts';
import type { Strength } from './passphrase-strength.ts';

type NewPassphraseFormProps = {
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly onSubmit: (passphrase: string) => void;
  readonly onCancel: () => void;
};

/** A new passphrase, typed twice, with what guessing it would take and the warning that it cannot be recovered. */
export function NewPassphraseForm({ submitLabel, isBusy, onSubmit, onCancel }: NewPassphraseFormProps) {
  const { t } = useTranslation('access');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [wasTried, setTried] = useState(false);
  const strength = usePassphraseStrength(first);
  const isTooShort = first.length < passphraseLimits.shortest;
  const isDifferent = first !== second;
  return (
    <form
      className="flex max-w-[440px] flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isTooShort && !isDifferent && !isBusy) onSubmit(first);
      }}
    >
      <PassphraseField
        label={t('passphrase.new')}
        value={first}
        autoComplete="new-password"
        problem={wasTried && isTooShort ? t('passphrase.tooShort', { shortest: passphraseLimits.shortest }) : null}
        onChange={setFirst}
      />
      <StrengthMeter strength={strength} />
      <PassphraseField
        label={t('passphrase.again')}
        value={second}
        autoComplete="new-password"
        problem={wasTried && !isTooShort && isDifferent ? t('passphrase.different') : null}
        onChange={setSecond}
      />
      <p className="flex gap-2.5 rounded-md bg-cloud-wash px-3 py-2.5 text-sm text-ink">
        <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0 text-cloud" />
        {t('passphrase.warning')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="accent" disabled={isBusy}>
          {submitLabel}
        </Button>
        <Button look="quiet" disabled={isBusy} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

const colours = ['bg-problem', 'bg-problem', 'bg-cloud', 'bg-local', 'bg-local'] as const;
const widths = ['w-[8%]', 'w-1/4', 'w-1/2', 'w-3/4', 'w-full'] as const;

function StrengthMeter({ strength }: { readonly strength: Strength | null }) {
  const { t } = useTranslation('access');
  return (
    <div className="flex flex-col gap-1">
      <div aria-hidden className="h-1 overflow-hidden rounded-full bg-pressed">
        {strength === null ? null : (
          <div className={classNames('bar-fill h-full rounded-full', colours[strength], widths[strength])} />
        )}
      </div>
      <p role="status" className="min-h-[18px] text-sm text-soft">
        {strength === null ? t('strength.hint') : t(`strength.${strength}`)}
      </p>
    </div>
  );
}
