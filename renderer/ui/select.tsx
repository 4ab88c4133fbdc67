import { ChevronDown } from 'lucide-react';

type SelectProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** One of many, as the system shows such a choice. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <span className="relative flex max-w-full min-w-40 shrink-0">
      <select
        aria-label={label}
        value={value}
        className="h-8 w-full appearance-none truncate rounded-md bg-raised pr-8 pl-3 text-base text-ink shadow-card ring-1 ring-edge"
        onChange={({ currentTarget }) => {
          const option = options.find((candidate) => candidate.value === currentTarget.value);
          if (option !== undefined) onChange(option.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-soft"
      />
    </span>
  );
}
