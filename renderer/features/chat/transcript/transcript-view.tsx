import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../electron/shared/message.ts';
import type { Transcript } from './use-transcript.ts';

type TranscriptViewProps = {
  readonly transcript: Transcript;
  readonly messages: readonly Message[];
  readonly render: (message: Message) => ReactNode;
  /** A question on its way to the app, under the last message. */
  readonly pending: ReactNode;
};

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLElement && /^(input|textarea|select)$/i.test(target.tagName);

/** How many messages a key moves by; null for a key that moves nothing. */
function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.altKey) return event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
  return event.key === 'j' ? 1 : event.key === 'k' ? -1 : null;
}

/** Moves the focus from message to message. */
function useMessageKeys({ goTo, virtualizer, frame }: Transcript, messages: readonly Message[]) {
  return useCallback(
    (event: KeyboardEvent): void => {
      const step = stepOf(event);
      if (step === null || isField(event.target)) return;
      const focused = document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message'];
      const from = messages.findIndex(({ id }) => id === focused);
      const inSight = virtualizer.getVirtualItemForOffset((frame.current?.scrollTop ?? 0) + 1)?.index ?? 0;
      const next = messages[from < 0 ? Math.max(0, inSight) : from + step];
      event.preventDefault();
      if (next !== undefined) goTo(next.id);
    },
    [frame, goTo, messages, virtualizer],
  );
}

/** The reading column: as many messages as are in sight, the end in sight while an answer grows. */
export function TranscriptView({ transcript, messages, render, pending }: TranscriptViewProps) {
  const { t } = useTranslation();
  const { frame, content, virtualizer, isAtEnd, goToEnd, setCurrent } = transcript;
  const onKeyDown = useMessageKeys(transcript, messages);
  const isPending = pending !== null;
  useEffect(() => {
    if (isPending) goToEnd();
  }, [isPending, goToEnd]);
  return (
    <div className="relative min-h-0 flex-1">
      {/* Scrolled by keyboard too. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={frame}
        className="transcript h-full overflow-y-auto"
        tabIndex={0}
        role="region"
        aria-label={t('chat.messages')}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const item = target.closest<HTMLElement>('[data-message]')?.dataset['message'];
          const focused = messages.find(({ id }) => id === item);
          if (focused !== undefined) setCurrent(focused.id);
        }}
      >
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        <div ref={content}>
          <MessageItems virtualizer={virtualizer} messages={messages} render={render} />
          {pending === null ? null : <div className="mx-auto w-full max-w-[600px] px-6 pb-6">{pending}</div>}
        </div>
      </div>
      {isAtEnd ? null : (
        <button
          type="button"
          className="absolute bottom-3 left-1/2 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-raised px-3 text-sm text-soft shadow-float hover:text-ink"
          onClick={goToEnd}
        >
          <ArrowDown aria-hidden size={14} />
          {t('chat.toEnd')}
        </button>
      )}
    </div>
  );
}

type MessageItemsProps = Pick<TranscriptViewProps, 'messages' | 'render'> & Pick<Transcript, 'virtualizer'>;

/** The drawn messages at their places; a screen reader is told of how many they are part. */
function MessageItems({ virtualizer, messages, render }: MessageItemsProps) {
  return (
    <ol className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const message = messages[index];
        return message === undefined ? null : (
          <li
            key={message.id}
            ref={virtualizer.measureElement}
            data-index={index}
            data-message={message.id}
            tabIndex={-1}
            aria-setsize={messages.length}
            aria-posinset={index + 1}
            className="message-item absolute inset-x-0 top-0 mx-auto w-full max-w-[600px] px-6"
            style={{ transform: `translateY(${start}px)` }}
          >
            {render(message)}
          </li>
        );
      })}
    </ol>
  );
}
