import { useQuery } from '@tanstack/react-query';
import { VenetianMask } from 'lucide-react';
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
  const listed = useQuery(query.conversations.list.queryOptions()).data?.find(({ id }) => id === conversationId);
  const folders = useQuery(query.conversations.folders.queryOptions()).data ?? [];
  if (opened === undefined) return null;
  // The list is told of every change, such as a title that a model wrote after the answer had ended.
  const conversation = listed ?? opened.conversation;
  const { isPrivate, isArchived } = conversation;
  const title = conversation.title || t(isPrivate ? 'chat.newPrivate' : 'chat.new');
  if (isRenaming) {
    return (
      <div className="w-full max-w-80">
        <TitleField
          title={title}
          label={t('chats.title')}
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
      <ConversationMenu
        conversation={conversation}
        folders={folders}
        edits={edits}
        onRename={() => setRenaming(true)}
      />
      {isArchived ? <span className="shrink-0 text-sm text-faint">{t('chats.isArchived')}</span> : null}
      {isPrivate ? (
        <span className="ml-1 flex min-w-0 items-center gap-1.5 max-sm:hidden rounded-full bg-hover px-2.5 py-0.5 text-xs text-soft">
          <VenetianMask aria-hidden size={13} className="shrink-0 text-server" />
          <span className="truncate">{t('chats.privateText')}</span>
        </span>
      ) : null}
    </>
  );
}
