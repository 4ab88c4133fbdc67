import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubQuerySchema } from '../../../../electron/shared/hub.ts';
import type { HubQuery } from '../../../../electron/shared/hub.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';

/** Licences that people look for, as the hub names them. */
const licences = ['apache-2.0', 'mit', 'gemma', 'llama3.2', 'llama3.1', 'cc-by-4.0', 'cc-by-nc-4.0'] as const;
const everyLicence = 'every';
const orders = hubQuerySchema.unwrap().shape.order.unwrap().options;

type HubFormProps = {
  readonly query: HubQuery;
  readonly hasSearched: boolean;
  readonly isBusy: boolean;
  readonly onSearch: (query: HubQuery) => void;
};

/** What to look for. A change of licence or order asks again, a change of words waits for Enter. */
export function HubForm({ query, hasSearched, isBusy, onSearch }: HubFormProps) {
  const { t } = useTranslation('models');
  const [text, setText] = useState(query.text);
  const [licence, setLicence] = useState(query.licence);
  const [order, setOrder] = useState(query.order);
  const again = (changed: Partial<HubQuery>): void => {
    if (hasSearched) onSearch({ text: text.trim(), licence, order, ...changed });
  };
  return (
    <form
      role="search"
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ text: text.trim(), licence, order });
      }}
    >
      <div className="flex gap-2">
        <HubField value={text} onChange={setText} />
        <Button type="submit" look="accent" disabled={isBusy}>
          {t('hub.search')}
        </Button>
      </div>
      <div className="flex flex-wrap gap-2">
        <Select
          label={t('hub.licence')}
          value={licence ?? everyLicence}
          options={[
            { value: everyLicence, label: t('hub.allLicences') },
            ...licences.map((value) => ({ value, label: value })),
          ]}
          onChange={(value) => {
            const chosen = value === everyLicence ? null : value;
            setLicence(chosen);
            again({ licence: chosen });
          }}
        />
        <Select
          label={t('hub.order')}
          value={order}
          options={orders.map((value) => ({ value, label: t(`hub.orders.${value}`) }))}
          onChange={(value) => {
            setOrder(value);
            again({ order: value });
          }}
        />
      </div>
    </form>
  );
}

function HubField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation('models');
  return (
    <div className="relative flex min-w-0 flex-1 items-center">
      <Search aria-hidden size={14} className="pointer-events-none absolute left-3 text-faint" />
      <input
        type="search"
        value={value}
        maxLength={200}
        aria-label={t('hub.field')}
        placeholder={t('hub.example')}
        className="h-8 w-full rounded-md bg-raised pr-3 pl-9 text-base shadow-card ring-1 ring-edge select-text"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}
