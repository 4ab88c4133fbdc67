import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';

type SegmentedProps<T extends string> = {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const choose = (chosen: readonly string[]): void => {
    const option = options.find((candidate) => candidate.value === chosen[0]);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <ToggleGroup
      aria-label={label}
      value={value === null ? [] : [value]}
      onValueChange={choose}
      className="inline-flex max-w-full shrink-0 flex-wrap gap-0.5 rounded-md bg-hover p-0.5"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="h-7 rounded-sm px-3 text-sm font-medium text-soft hover:text-ink data-[pressed]:bg-raised data-[pressed]:text-ink data-[pressed]:shadow-card data-[pressed]:ring-1 data-[pressed]:ring-hairline"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
