import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { microDollarsOf, moneyWords } from '../../lib/money-words.ts';
import { Button } from '../../ui/button.tsx';

type BudgetFieldProps = { readonly value: number; readonly onChange: (microDollars: number) => void };

/** More than anybody means; a slip of the finger is caught. */
const mostMicroDollars = 100_000_000_000;

/** The amount without its sign, as a person would type it. */
const typedOf = (microDollars: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 6, useGrouping: false }).format(microDollars / 1_000_000);

/** What a month may cost, in dollars; taken when it is an amount. */
export function BudgetField({ value, onChange }: BudgetFieldProps) {
  const { t, i18n } = useTranslation('remotes');
  const id = useId();
  const current = typedOf(value, i18n.language);
  const [text, setText] = useState(current);
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        const amount = microDollarsOf(text);
        const isAmount = amount !== null && amount <= mostMicroDollars;
        setWrong(!isAmount);
        if (isAmount) onChange(amount);
      }}
    >
      <div className="flex items-center gap-2">
        <span aria-hidden className="text-base text-soft">
          $
        </span>
        <input
          value={text}
          maxLength={20}
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('budget.field')}
          aria-invalid={isWrong}
          aria-describedby={`${id}-problem`}
          className="numeric h-8 w-28 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text aria-invalid:ring-problem"
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setWrong(false);
          }}
        />
        {text === current ? null : <Button type="submit">{t('budget.save')}</Button>}
      </div>
      <p id={`${id}-problem`} role="alert" className="max-w-72 text-sm text-problem">
        {isWrong ? t('budget.wrong', { most: moneyWords(mostMicroDollars, i18n.language) }) : ''}
      </p>
    </form>
  );
}
