import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

type ReplaceMoreProps = {
  /** What is selected in the request; empty where nothing is. */
  readonly selected: string;
  readonly isBusy: boolean;
  readonly onReplace: (words: string, isRemembered: boolean) => void;
};

/** The longest words that can be replaced at once, in UTF-16 units. */
export const longestReplaced = 200;
const shownLength = 32;

const shorten = (words: string): string =>
  words.length > shownLength ? `${words.slice(0, shownLength - 1).trimEnd()}…` : words;

/** Replaces further words: those that are selected, or others that are typed. */
export function ReplaceMore({ selected, isBusy, onReplace }: ReplaceMoreProps) {
  const { t } = useTranslation('cloud');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isRemembered, setRemembered] = useState(false);
  const words = typed.trim() === '' ? selected : typed.trim();
  const isTooLong = words.length > longestReplaced;
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (words === '' || isTooLong || isBusy) return;
        onReplace(words, isRemembered);
        setTyped('');
        // The button is disabled while the request is made anew, and would take the focus with it.
        field.current?.focus();
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <input
          ref={field}
          value={typed}
          maxLength={longestReplaced}
          aria-label={t('preview.another')}
          placeholder={selected === '' ? t('preview.another') : shorten(selected)}
          autoComplete="off"
          className="h-8 min-w-0 flex-1 basis-48 rounded-md bg-raised px-3 text-base ring-1 ring-edge select-text"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <label className="flex min-h-8 items-center gap-2 text-sm text-soft">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={isRemembered}
            onChange={(event) => setRemembered(event.currentTarget.checked)}
          />
          {t('preview.always')}
        </label>
        <Button type="submit" className="max-w-full" disabled={words === '' || isTooLong || isBusy}>
          <span className="truncate">
            {typed.trim() === '' && selected !== '' && !isTooLong
              ? t('preview.replaceSelected', { words: shorten(selected) })
              : t('preview.replace')}
          </span>
        </Button>
      </div>
      <p role="status" className={isTooLong ? 'text-sm text-cloud' : 'hidden'}>
        {isTooLong ? t('preview.tooLong', { count: longestReplaced }) : null}
      </p>
    </form>
  );
}
