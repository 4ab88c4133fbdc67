import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../electron/shared/settings.ts';
import { microDollarsOf, moneyWords } from '../../lib/money-words.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

type Prices = Settings['modelPrices'];
type OwnPricesProps = { readonly prices: Prices; readonly onChange: (prices: Prices) => void };

const dollar = 1_000_000;
const mostDollars = 100_000;

/** Dollars that a person typed; null where it is no price. */
function priceOf(typed: string): number | null {
  const microDollars = microDollarsOf(typed);
  return microDollars === null || microDollars > mostDollars * dollar ? null : microDollars / dollar;
}

const emptyPrice = { name: '', input: '', output: '' };

/** What was typed as a price of a model; null where something is missing or no amount. */
function readPrice({
  name,
  input,
  output,
}: typeof emptyPrice): { readonly name: string; readonly price: Prices[string] } | null {
  const [inputPrice, outputPrice] = [priceOf(input), priceOf(output)];
  if (name.trim() === '' || inputPrice === null || outputPrice === null) return null;
  return { name: name.trim(), price: { inputPrice, outputPrice } };
}

/** Prices that come before those of the app, by the name of a model. */
export function OwnPrices({ prices, onChange }: OwnPricesProps) {
  const { t, i18n } = useTranslation('remotes');
  const money = (dollars: number): string => moneyWords(Math.round(dollars * dollar), i18n.language);
  const names = Object.keys(prices).sort();
  return (
    <div className="flex flex-col gap-3">
      {names.length === 0 ? null : (
        <ul className="flex flex-col">
          {names.map((name) => (
            <li key={name} className="flex items-center gap-3 border-b border-hairline py-1.5 last:border-b-0">
              <span className="selectable min-w-0 flex-1 text-base break-all">{name}</span>
              <span className="numeric text-sm text-soft">
                {t('prices.row', {
                  input: money(prices[name]?.inputPrice ?? 0),
                  output: money(prices[name]?.outputPrice ?? 0),
                })}
              </span>
              <IconButton
                size="small"
                icon={X}
                label={t('prices.remove', { name })}
                onClick={() => onChange(Object.fromEntries(Object.entries(prices).filter(([other]) => other !== name)))}
              />
            </li>
          ))}
        </ul>
      )}
      <PriceForm onAdd={(name, price) => onChange({ ...prices, [name]: price })} />
    </div>
  );
}

const sides = ['input', 'output'] as const;
const field = 'h-8 min-w-0 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text';

type PriceFormProps = { readonly onAdd: (name: string, price: Prices[string]) => void };

function PriceForm({ onAdd }: PriceFormProps) {
  const { t } = useTranslation('remotes');
  const id = useId();
  const [draft, setDraft] = useState(emptyPrice);
  const [isWrong, setWrong] = useState(false);
  const change = (part: Partial<typeof draft>): void => {
    setDraft({ ...draft, ...part });
    setWrong(false);
  };
  const add = (): void => {
    const read = readPrice(draft);
    setWrong(read === null);
    if (read === null) return;
    onAdd(read.name, read.price);
    setDraft(emptyPrice);
  };
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className="flex flex-wrap gap-2">
        <input
          value={draft.name}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          aria-label={t('prices.model')}
          aria-describedby={`${id}-problem`}
          placeholder={t('prices.modelExample')}
          className={`${field} w-60 max-w-full`}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        {sides.map((side) => (
          <input
            key={side}
            value={draft[side]}
            maxLength={20}
            inputMode="decimal"
            autoComplete="off"
            aria-label={t(`prices.${side}Label`)}
            aria-describedby={`${id}-problem`}
            placeholder={`${t(`prices.${side}`)}, $`}
            className={`${field} numeric w-28`}
            onChange={({ currentTarget }) => change({ [side]: currentTarget.value })}
          />
        ))}
        <Button type="submit" disabled={Object.values(draft).every((text) => text.trim() === '')}>
          {t('prices.add')}
        </Button>
      </div>
      <p id={`${id}-problem`} role="alert" className="text-sm text-problem">
        {isWrong ? t('prices.wrong') : ''}
      </p>
    </form>
  );
}
