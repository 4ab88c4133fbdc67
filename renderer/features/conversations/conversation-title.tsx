import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { useGo } from '../../lib/destination.ts';
import { ConversationMenu } from './conversation-menu.tsx';
import { TitleField } from './title-field.tsx';
import { useConversationEdits } from './use-conversation-edits.ts';

/** The name of the open conversation at the head of the window, with what can be done to it. */
export function ConversationTitle({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const [isRenaming, setRenaming] = useState(false);
  const edits = useConversationEdits(() => go({ page: 'new-chat' }));
  const opened = useQuery(query.conversations.open.queryOptions({ input: { id: conversationId } })).data;
  if (opened === undefined) return null;
  const { conversation } = opened;
  const title = conversation.title || t('chat.new');
  if (isRenaming) {
    return (
      <div className="w-full max-w-80">
        <TitleField
          title={title}
          onDone={(changed) => {
            setRenaming(false);
            if (changed !== null) edits.rename(conversation, changed);
          }}
        />
      </div>
    );
  }
  return (
    <>
      <h1 className="min-w-0 truncate text-base font-semibold">{title}</h1>
      <ConversationMenu title={title} onRename={() => setRenaming(true)} onRemove={() => edits.remove(conversation)} />
    </>
  );
}
