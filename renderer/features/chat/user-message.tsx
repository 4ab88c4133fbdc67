import { FileText } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageText } from '../../../electron/shared/message.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { EditQuestion } from './edit-question.tsx';
import { useMessageActions } from './message-actions.ts';
import { MessageTools } from './message-tools.tsx';

type UserMessageProps = { readonly message: Message; readonly isLast: boolean };

/** What the person wrote, as written, and the way to ask it in other words. */
export const UserMessage = memo(function UserMessage({ message, isLast }: UserMessageProps) {
  const { t } = useTranslation();
  const { edit } = useMessageActions();
  const [isEditing, setEditing] = useState(false);
  const text = messageText(message);
  const attachments = message.parts.flatMap((part) => (part.type === 'attachment' ? [part] : []));
  return (
    <article className="flex flex-col items-end gap-1.5 pl-10">
      <h2 className="sr-only">{t('chat.questionHeading')}</h2>
      {attachments.map((part) => (
        <p key={part.documentId} className="flex items-center gap-1.5 text-sm text-soft">
          <FileText aria-hidden size={14} /> {part.name}
        </p>
      ))}
      {isEditing ? (
        <EditQuestion
          text={text}
          onGiveUp={() => setEditing(false)}
          onSend={(changed) => {
            setEditing(false);
            edit(message, changed);
          }}
        />
      ) : (
        <>
          <QuestionText text={text} />
          <MessageTools message={message} text={text} isLast={isLast} onEdit={() => setEditing(true)} />
        </>
      )}
    </article>
  );
});

/** A question on its way to the app. */
export function PendingQuestion({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <article className="flex flex-col items-end pl-10">
      <h2 className="sr-only">{t('chat.questionHeading')}</h2>
      <QuestionText text={text} />
    </article>
  );
}

function QuestionText({ text }: { readonly text: string }) {
  return (
    <p
      data-words
      className="selectable max-w-full rounded-xl rounded-br-sm bg-hover px-4 py-2.5 text-[16px] leading-[1.5] break-words whitespace-pre-wrap"
    >
      {text}
    </p>
  );
}
