import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';

type SearchFieldProps = { readonly value: string; readonly onChange: (value: string) => void };

/** Where the documents that are shown are searched. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const { t } = useTranslation('library');
  return (
    <div className="relative flex items-center">
      <Search aria-hidden size={15} className="pointer-events-none absolute left-3 text-faint" />
      <input
        type="search"
        value={value}
        maxLength={2_000}
        aria-label={t('search.field')}
        placeholder={t('search.field')}
        className="h-9 w-full rounded-md bg-raised pr-3 pl-9 text-base shadow-card ring-1 ring-edge select-text"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
