import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageText } from '../../../electron/shared/message.ts';
import type { Message } from '../../../electron/shared/message.ts';

/** What the person wrote, as written. */
export function UserMessage({ text, message }: { readonly text?: string; readonly message?: Message }) {
  const { t } = useTranslation();
  const attachments = message?.parts.flatMap((part) => (part.type === 'attachment' ? [part] : [])) ?? [];
  return (
    <article className="flex flex-col items-end gap-1.5 pl-10">
      <h2 className="sr-only">{t('chat.questionHeading')}</h2>
      {attachments.map((part) => (
        <p key={part.documentId} className="flex items-center gap-1.5 text-sm text-soft">
          <FileText aria-hidden size={14} /> {part.name}
        </p>
      ))}
      <p className="selectable max-w-full rounded-xl rounded-br-sm bg-hover px-4 py-2.5 text-[16px] leading-[1.5] break-words whitespace-pre-wrap">
        {text ?? (message === undefined ? '' : messageText(message))}
      </p>
    </article>
  );
}
