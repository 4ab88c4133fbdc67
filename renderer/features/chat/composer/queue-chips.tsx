import { ArrowUp, Cloud, Laptop, Pencil, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueuedMessage } from '../../../../electron/shared/draft.ts';
import { Button } from '../../../ui/button.tsx';
import { PlainIconButton } from '../../../ui/icon-button.tsx';
import type { QueueState } from '../message-queue.ts';

/** What waits behind the answer, and what may be done with it. */
export type ComposerQueue = {
  readonly messages: readonly QueuedMessage[];
  readonly state: QueueState;
  readonly onChange: (messages: readonly QueuedMessage[]) => void;
  readonly onResume: () => void;
};

type QueueChipsProps = ComposerQueue & {
  readonly isAnswering: boolean;
  /** Takes a waiting message back into the field. */
  readonly onEdit: (message: QueuedMessage) => void;
};

/** Messages that wait for the answer to end, in the order in which they will be sent. */
export function QueueChips({ messages, state, isAnswering, onChange, onResume, onEdit }: QueueChipsProps) {
  const { t } = useTranslation('chat');
  if (messages.length === 0) return null;
  const isWaiting = isAnswering || state.isSending;
  const remove = (index: number): void => onChange(messages.toSpliced(index, 1));
  return (
    <section aria-label={t('queue.label')} className="flex flex-col gap-1 rounded-lg bg-hover p-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2 px-1.5">
        <p role="status" className="text-sm text-soft">
          {isWaiting ? t('queue.waiting', { count: messages.length }) : t(`queue.paused.${state.pause ?? 'none'}`)}
        </p>
        {isWaiting ? null : <Button onClick={onResume}>{t('queue.resume')}</Button>}
      </div>
      <ol className="flex flex-col gap-1">
        {messages.map((message, index) => (
          // The same words may wait twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${index}-${message.text.slice(0, 40)}`}>
            <WaitingMessage
              message={message}
              onEarlier={
                index === 0 ? null : () => onChange(messages.toSpliced(index, 1).toSpliced(index - 1, 0, message))
              }
              onEdit={() => {
                remove(index);
                onEdit(message);
              }}
              onRemove={() => remove(index)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

type WaitingMessageProps = {
  readonly message: QueuedMessage;
  /** Null for the first one. */
  readonly onEarlier: (() => void) | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
};

function WaitingMessage({ message, onEarlier, onEdit, onRemove }: WaitingMessageProps) {
  const { t } = useTranslation('chat');
  return (
    <div className="flex h-8 items-center gap-0.5 rounded-md bg-raised pl-3">
      <span className="min-w-0 flex-1 truncate text-base">{message.text.slice(0, 300)}</span>
      <WaitingPlace choice={message.choice} />
      {onEarlier === null ? null : <PlainIconButton icon={ArrowUp} label={t('queue.earlier')} onClick={onEarlier} />}
      <PlainIconButton icon={Pencil} label={t('queue.edit')} onClick={onEdit} />
      <PlainIconButton icon={X} label={t('queue.remove')} onClick={onRemove} />
    </div>
  );
}

/** Where a waiting message is to be answered; nothing where the rules decide. */
function WaitingPlace({ choice }: Pick<QueuedMessage, 'choice'>) {
  const { t } = useTranslation('cloud');
  if (choice === null) return null;
  const Icon = choice === 'local' ? Laptop : Cloud;
  return (
    <span className="flex shrink-0 items-center gap-1.5 px-1.5 text-xs text-soft">
      <Icon aria-hidden size={13} className={choice === 'local' ? 'text-local' : 'text-cloud'} />
      <span className="max-sm:sr-only">{t(`place.${choice}`)}</span>
    </span>
  );
}
