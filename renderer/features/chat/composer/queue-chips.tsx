import { ArrowUp, Pencil, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { PlainIconButton } from '../../../ui/icon-button.tsx';
import type { QueueState } from '../message-queue.ts';

/** What waits behind the answer, and what may be done with it. */
export type ComposerQueue = {
  readonly messages: readonly string[];
  readonly state: QueueState;
  readonly onChange: (messages: readonly string[]) => void;
  readonly onResume: () => void;
};

type QueueChipsProps = ComposerQueue & {
  readonly isAnswering: boolean;
  /** Takes a waiting message back into the field. */
  readonly onEdit: (text: string) => void;
};

/** Messages that wait for the answer to end, in the order in which they will be sent. */
export function QueueChips({ messages, state, isAnswering, onChange, onResume, onEdit }: QueueChipsProps) {
  const { t } = useTranslation('chat');
  if (messages.length === 0) return null;
  const isWaiting = isAnswering || state.isSending;
  const take = (index: number): string | undefined => {
    onChange(messages.toSpliced(index, 1));
    return messages[index];
  };
  return (
    <section aria-label={t('queue.label')} className="flex flex-col gap-1 rounded-lg bg-hover p-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2 px-1.5">
        <p role="status" className="text-sm text-soft">
          {isWaiting ? t('queue.waiting', { count: messages.length }) : t(`queue.paused.${state.pause ?? 'none'}`)}
        </p>
        {isWaiting ? null : <Button onClick={onResume}>{t('queue.resume')}</Button>}
      </div>
      <ol className="flex flex-col gap-1">
        {messages.map((text, index) => (
          // The same words may wait twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${index}-${text.slice(0, 40)}`} className="flex h-8 items-center gap-0.5 rounded-md bg-raised pl-3">
            <span className="min-w-0 flex-1 truncate text-base">{text.slice(0, 300)}</span>
            {index === 0 ? null : (
              <PlainIconButton
                icon={ArrowUp}
                label={t('queue.earlier')}
                onClick={() => onChange(messages.toSpliced(index, 1).toSpliced(index - 1, 0, text))}
              />
            )}
            <PlainIconButton icon={Pencil} label={t('queue.edit')} onClick={() => onEdit(take(index) ?? '')} />
            <PlainIconButton icon={X} label={t('queue.remove')} onClick={() => take(index)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
