import { ProgressBar } from './progress-bar.tsx';
import { useProgressWords } from './progress-words.ts';
import type { Progress } from './progress-words.ts';

const waiting: Progress = { phase: 'waiting', done: 0, total: 0, remainingMs: null };

/** What happens before the first word, in words. */
export function AnswerProgress({ progress }: { readonly progress: Progress | null }) {
  const words = useProgressWords();
  const current = progress ?? waiting;
  const { doing, left } = words(current);
  return (
    <div className="flex max-w-80 flex-col gap-2 py-1" role="status">
      <p className="text-base text-soft">
        {doing}
        {left === null ? null : <span className="text-faint"> · {left}</span>}
      </p>
      {current.total > 0 ? <ProgressBar label={doing} fraction={current.done / current.total} /> : null}
    </div>
  );
}
