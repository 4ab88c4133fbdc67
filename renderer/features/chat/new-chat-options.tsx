import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationOptionsSchema } from '../../../electron/shared/conversation.ts';
import { useDraft } from '../../lib/drafts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageTools } from '../../ui/page-tools.tsx';
import { ChatOptionsDialog } from './chat-options-dialog.tsx';

/** The settings of a chat that is not begun yet: kept with its draft, and its own from the first message on. */
export function NewChatOptions() {
  const { t } = useTranslation('chat');
  const [isOpen, setOpen] = useState(false);
  const [{ options }, changeDraft] = useDraft('new-chat');
  return (
    <>
      <PageTools>
        <IconButton icon={SlidersHorizontal} label={t('options.title')} onClick={() => setOpen(true)} />
      </PageTools>
      {isOpen ? (
        <ChatOptionsDialog
          options={conversationOptionsSchema.parse(options)}
          error={null}
          onChange={(patch) => changeDraft({ options: { ...options, ...patch } })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
