import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useAccess } from '../../api/use-live.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import type { Lock } from '../../lib/lock.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

/** Locks now; asks first where private chats would be lost. `layer` belongs on top of all pages. */
export function useLocking(): { readonly lock: Lock; readonly layer: ReactElement } {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const access = useAccess();
  const conversations = useQuery(query.conversations.list.queryOptions({ retry: true })).data;
  const privateCount = conversations?.filter(({ isPrivate }) => isPrivate).length ?? 0;
  const [isAsking, setAsking] = useState(false);
  const { mutate: lockNow } = useMutation(
    query.access.lock.mutationOptions({
      onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
    }),
  );
  const canLock = access?.state === 'open' && access.keeping !== 'session-only';
  const begin = useCallback(() => {
    if (!canLock) return;
    if (privateCount > 0) setAsking(true);
    else lockNow(undefined);
  }, [canLock, privateCount, lockNow]);
  const lock = useMemo(() => ({ canLock, lock: begin }), [canLock, begin]);
  const layer = (
    <ConfirmDialog
      isOpen={isAsking}
      isDanger
      title={t('lockPrivate.title')}
      confirmLabel={t('lockPrivate.confirm')}
      onConfirm={() => lockNow(undefined)}
      onClose={() => setAsking(false)}
    >
      {t('lockPrivate.text', { count: privateCount })}
    </ConfirmDialog>
  );
  return { lock, layer };
}
