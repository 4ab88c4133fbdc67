import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

type HiddenWordsProps = {
  readonly words: readonly string[];
  readonly onChange: (words: string[]) => void;
};

const longestWord = 200;
const mostWords = 2_000;
const findFrom = 20;

/** Lines of a pasted list: what can be taken, without what is there already, and what is too long. */
export function readWords(
  typed: string,
  words: readonly string[],
): { readonly added: readonly string[]; readonly tooLong: readonly string[] } {
  const lines = typed
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const known = new Set(words);
  const tooLong = lines.filter((line) => line.length > longestWord);
  const added = [...new Set(lines)].filter((line) => line.length <= longestWord && !known.has(line));
  return { added, tooLong };
}

/** A list of the person's own: typed or pasted, one a line, taken away one by one. */
export function HiddenWords({ words, onChange }: HiddenWordsProps) {
  const { t } = useTranslation('remotes');
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const add = (): void => {
    const { added, tooLong } = readWords(typed, words);
    if (words.length + added.length > mostWords) {
      setProblem(t('hidden.tooMany'));
      return;
    }
    if (added.length > 0) onChange([...words, ...added]);
    // What was not taken stays in the field: nothing that somebody wants hidden is silently left out.
    setTyped(tooLong.join('\n'));
    setProblem(tooLong.length === 0 ? '' : t('hidden.tooLong', { count: tooLong.length }));
  };
  return (
    <div className="flex flex-col gap-3">
      <WordList words={words} onRemove={(word) => onChange(words.filter((other) => other !== word))} />
      <form
        className="flex flex-col items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <textarea
          value={typed}
          rows={2}
          aria-label={t('hidden.field')}
          aria-describedby={`${id}-hint ${id}-problem`}
          placeholder={t('hidden.example')}
          className="field-sizing-content max-h-60 min-h-16 w-full max-w-120 resize-none rounded-md bg-raised px-3 py-2 text-base shadow-card ring-1 ring-edge select-text"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <p id={`${id}-hint`} className="text-sm text-faint">
          {t('hidden.field')}
        </p>
        <p id={`${id}-problem`} role="alert" className="text-sm text-problem">
          {problem}
        </p>
        <Button type="submit" disabled={typed.trim() === ''}>
          {t('hidden.add')}
        </Button>
      </form>
    </div>
  );
}

type WordListProps = { readonly words: readonly string[]; readonly onRemove: (word: string) => void };

function WordList({ words, onRemove }: WordListProps) {
  const { t } = useTranslation('remotes');
  const [wanted, setWanted] = useState('');
  if (words.length === 0) return null;
  const found = words.filter((word) => word.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="numeric text-sm text-faint">
          {t('hidden.count', { count: words.length })}
        </p>
        {words.length < findFrom ? null : (
          <input
            type="search"
            value={wanted}
            aria-label={t('hidden.find')}
            placeholder={t('hidden.find')}
            className="h-8 w-60 max-w-full rounded-md bg-raised px-3 text-base shadow-card ring-1 ring-edge select-text"
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        )}
      </div>
      {found.length === 0 ? <p className="text-sm text-soft">{t('hidden.noneFound')}</p> : null}
      <ul aria-label={t('hidden.label')} className="flex max-h-60 flex-wrap gap-1.5 overflow-y-auto">
        {found.map((word) => (
          <li key={word} className="flex max-w-full min-w-0 items-center rounded-md bg-hover pl-2.5 text-base">
            <span className="selectable min-w-0 truncate">{word}</span>
            <button
              type="button"
              aria-label={t('hidden.remove', { word })}
              className="flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:bg-pressed hover:text-ink"
              onClick={() => onRemove(word)}
            >
              <X aria-hidden size={13} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
