import { useMutation } from '@tanstack/react-query';
import { use, useCallback, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useAccess } from '../../api/use-live.ts';
import { DraftsContext } from '../../lib/drafts.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import type { Lock } from '../../lib/lock.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

/** A disk that does not answer keeps nobody from locking. */
const patienceMs = 2_000;

/** What `answer` says, or a failure when it takes too long. */
function soon<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const limit = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('No answer in time')), patienceMs));
  return Promise.race([answer, limit]);
}

/** Locks now; asks first where private chats would be lost. `layer` belongs on top of all pages. */
export function useLocking(): { readonly lock: Lock; readonly layer: ReactElement } {
  const { t } = useTranslation('access');
  const { query, queryClient } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const drafts = use(DraftsContext);
  const access = useAccess();
  const [privateCount, setPrivateCount] = useState(0);
  const { mutate } = useMutation(
    query.access.lock.mutationOptions({
      onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
    }),
  );
  const close = useCallback(() => {
    const lockNow = (): void => mutate(undefined);
    // A sentence of this very moment is kept before the door closes, which waits for nothing for long.
    void soon(drafts?.flush() ?? Promise.resolve()).then(lockNow, lockNow);
  }, [drafts, mutate]);
  const canLock = access?.state === 'open' && access.keeping !== 'session-only';
  const begin = useCallback(() => {
    if (!canLock) return;
    const listed = queryClient.ensureQueryData(query.conversations.list.queryOptions());
    void soon(listed).then(
      (conversations) => {
        const count = conversations.filter(({ isPrivate }) => isPrivate).length;
        if (count > 0) setPrivateCount(count);
        else close();
      },
      // Whoever wants to lock is not kept from it by a list that does not come.
      close,
    );
  }, [canLock, query, queryClient, close]);
  const lock = useMemo(() => ({ canLock, lock: begin }), [canLock, begin]);
  const layer = (
    <ConfirmDialog
      isOpen={privateCount > 0}
      isDanger
      title={t('lockPrivate.title')}
      confirmLabel={t('lockPrivate.confirm')}
      onConfirm={close}
      onClose={() => setPrivateCount(0)}
    >
      {t('lockPrivate.text', { count: privateCount })}
    </ConfirmDialog>
  );
  return { lock, layer };
}
