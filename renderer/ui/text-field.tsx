import { useId } from 'react';

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  /** Where it is the first thing to fill in. */
  readonly hasFocus?: boolean;
  /** What is wrong with it, in a sentence. */
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
};

const fieldClass =
  'w-full rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text aria-invalid:ring-problem';

const focusOnce = (field: HTMLElement | null): void => field?.focus();

/** A line of text with its name above. */
export function TextField({ label, value, maxLength, placeholder, hasFocus, problem, onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <input
        id={id}
        ref={hasFocus === true ? focusOnce : undefined}
        value={value}
        maxLength={maxLength}
        placeholder={placeholder}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        className={`h-8 ${fieldClass}`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Problem id={`${id}-problem`} problem={problem} />
    </div>
  );
}

type TextAreaProps = Omit<TextFieldProps, 'placeholder' | 'hasFocus'> & { readonly hint: string };

/** Several lines of text, with a word about what they are for. */
export function TextArea({ label, hint, value, maxLength, problem, onChange }: TextAreaProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="-mt-1 text-sm text-soft">
        {hint}
      </p>
      <textarea
        id={id}
        value={value}
        maxLength={maxLength}
        rows={3}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        className={`field-sizing-content max-h-80 min-h-20 resize-none py-2 ${fieldClass}`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Problem id={`${id}-problem`} problem={problem} />
    </div>
  );
}

function Problem({ id, problem }: { readonly id: string; readonly problem: string | null }) {
  return (
    <p id={id} role="status" className={problem === null ? 'hidden' : 'text-sm text-problem'}>
      {problem}
    </p>
  );
}
