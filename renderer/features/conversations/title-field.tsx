import { useState } from 'react';

type TitleFieldProps = {
  readonly title: string;
  /** What it names, for a screen reader. */
  readonly label: string;
  /** The new title, or null when it was left as it was. */
  readonly onDone: (title: string | null) => void;
};

const titleLimit = 200;

/** Only when it appears: a selection at every key would eat what was typed. */
const selectOnce = (field: HTMLInputElement | null): void => field?.select();

/** A title while it is being changed: Enter keeps it, Escape leaves it. */
export function TitleField({ title, label, onDone }: TitleFieldProps) {
  const [text, setText] = useState(title);
  const finish = (): void => onDone(text.trim() === '' || text === title ? null : text);
  return (
    <input
      ref={selectOnce}
      value={text}
      maxLength={titleLimit}
      aria-label={label}
      className="h-8 w-full rounded-md bg-raised px-2.5 text-base ring-1 ring-edge select-text"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(null);
        }
      }}
    />
  );
}
