import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { useWaitingIn } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';

type WaitingWordProps = { readonly currentId: ConversationId | null };

/** That a question in another chat waits for a decision, and the way to it. Its place is always there, so that a screen reader says it once. */
export function WaitingWord({ currentId }: WaitingWordProps) {
  const { t } = useTranslation(['cloud', 'window']);
  const { query } = useApi();
  const waitingIn = useWaitingIn() ?? [];
  const isSomewhere = waitingIn.some((id) => id !== currentId);
  // Questions of the moment are in no list: their own window says that they wait.
  const listed = useQuery({ ...query.conversations.list.queryOptions(), enabled: isSomewhere }).data ?? [];
  const waiting = waitingIn.flatMap((id) => (id === currentId ? [] : listed.filter((one) => one.id === id)));
  const [first] = waiting;
  return (
    <span role="status" className="flex min-w-0 shrink">
      {first === undefined ? null : (
        <a
          href={addressOf({ page: 'chat', conversationId: first.id })}
          className="flex h-6 min-w-0 items-center gap-1.5 rounded-sm px-2 font-medium text-cloud hover:bg-hover"
        >
          <Hourglass aria-hidden size={12} strokeWidth={2} className="shrink-0" />
          <span className="truncate">
            {t('waiting.status', { count: waiting.length, title: first.title || t('window:chat.new') })}
          </span>
        </a>
      )}
    </span>
  );
}
