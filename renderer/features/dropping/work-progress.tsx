import { Check, CircleAlert, Clock3, LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../lib/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { FileWork, WorkItem } from './use-file-work.ts';

const icons = { waiting: Clock3, working: LoaderCircle, done: Check, failed: CircleAlert } as const;
const colours = { waiting: 'text-faint', working: 'text-accent', done: 'text-local', failed: 'text-problem' } as const;

const rowLimit = 60;
const rowsBefore = 5;

type WorkProgressProps = {
  readonly work: FileWork;
  readonly onStop: () => void;
  readonly onGoOn: () => void;
};

/** Every file with how far it is; afterwards those that failed, each with its reason, and how many were taken. */
export function WorkProgress({ work: { items, isRunning, destination }, onStop, onGoOn }: WorkProgressProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const count = (state: WorkItem['state']): number => items.filter((item) => item.state === state).length;
  const tried = count('done') + count('failed');
  const failed = items.filter(({ state }) => state === 'failed');
  // Of thousands, those around the one that is being read: a list of all would be drawn anew with every file.
  const first = isRunning ? Math.max(0, tried - rowsBefore) : 0;
  const shown = (isRunning ? items : failed).slice(first, first + rowLimit);
  const others = (isRunning ? items.length : failed.length) - shown.length;
  const words = isRunning
    ? t('drop.progress', { done: number.format(tried), total: number.format(items.length) })
    : t('drop.failed', { count: count('failed') });
  return (
    <div className="flex flex-col gap-3 px-2 pb-1">
      <p role="status" className="numeric text-base font-medium">
        {words}
      </p>
      {isRunning ? <ProgressBar label={t('drop.working')} fraction={tried / items.length} /> : null}
      {isRunning || count('done') === 0 ? null : (
        <p className="text-base text-soft">{t('drop.finished', { count: count('done') })}</p>
      )}
      {/* Scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul tabIndex={0} aria-label={t('drop.working')} className="flex max-h-64 flex-col overflow-y-auto">
        {shown.map((item) => (
          <ItemRow key={item.position} item={item} />
        ))}
      </ul>
      {others === 0 ? null : <p className="numeric text-sm text-faint">{t('drop.others', { count: others })}</p>}
      <div className="flex justify-end gap-2">
        {isRunning ? <Button onClick={onStop}>{t('drop.stop')}</Button> : null}
        {isRunning ? null : (
          <Button look="accent" onClick={onGoOn}>
            {t(destination === null ? 'action.close' : 'drop.goOn')}
          </Button>
        )}
      </div>
    </div>
  );
}

function ItemRow({ item: { name, state, error } }: { readonly item: WorkItem }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const Icon = icons[state];
  return (
    <li className="flex items-start gap-2.5 py-1.5">
      <Icon aria-hidden size={15} className={`mt-0.5 shrink-0 ${colours[state]}`} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate text-base">{name}</span>
          <span className="shrink-0 text-sm text-faint">{t(`drop.state.${state}`)}</span>
        </span>
        {error === null ? null : <span className="text-sm text-problem">{words(error)}</span>}
      </span>
    </li>
  );
}
