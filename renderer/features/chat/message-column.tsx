import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/shared/message.ts';
import { AnswerMessage } from './answer-message.tsx';
import { UserMessage } from './user-message.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

type MessageColumnProps = {
  readonly messages: readonly Message[];
  /** A question on its way to the app, shown at once. */
  readonly pendingText: string | null;
  readonly onRetry: (message: Message) => void;
};

/** The reading column: questions and answers, the end in sight while an answer grows. */
export function MessageColumn({ messages, pendingText, onRetry }: MessageColumnProps) {
  const { t } = useTranslation();
  const { frame, content, isAtEnd, goToEnd } = useStickToEnd();
  const lastId = messages.at(-1)?.id;
  return (
    <div className="relative min-h-0 flex-1">
      {/* Scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label={t('chat.messages')}>
        <div ref={content} className="mx-auto flex w-full max-w-[600px] flex-col gap-7 px-6 pt-5 pb-8">
          {messages.map((message) =>
            message.role === 'user' ? (
              <UserMessage key={message.id} message={message} />
            ) : (
              <AnswerMessage key={message.id} message={message} isLast={message.id === lastId} onRetry={onRetry} />
            ),
          )}
          {pendingText === null ? null : <UserMessage text={pendingText} />}
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
