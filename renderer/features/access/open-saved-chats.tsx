import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

/** The way back from a session beside kept chats; asks first, for all that is in this session goes. */
export function OpenSavedChats() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const [isAsking, setAsking] = useState(false);
  const open = useMutation(
    query.access.unlock.mutationOptions({
      onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
    }),
  );
  return (
    <>
      <button
        type="button"
        disabled={open.isPending}
        className="font-medium text-accent underline underline-offset-2"
        onClick={() => setAsking(true)}
      >
        {t('back.button')}
      </button>
      <ConfirmDialog
        isOpen={isAsking}
        isDanger
        title={t('back.title')}
        confirmLabel={t('back.button')}
        onConfirm={() => open.mutate({})}
        onClose={() => setAsking(false)}
      >
        {t('back.text')}
      </ConfirmDialog>
    </>
  );
}
