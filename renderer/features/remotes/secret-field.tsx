import { useId } from 'react';

type SecretFieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
};

const longestKey = 4_096;

/** A key while it is typed; it is never shown again. */
export function SecretField({ label, hint, value, problem, onChange }: SecretFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <input
        id={id}
        type="password"
        value={value}
        maxLength={longestKey}
        // No program of the browser shall keep it: the keychain does.
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        className="h-8 w-full min-w-0 rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text aria-invalid:ring-problem"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} role="status" className={problem === null ? 'hidden' : 'text-sm text-problem'}>
        {problem}
      </p>
    </div>
  );
}
