import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** The way into the app beside the kept chats, with what that means. */
export function GoOnWithout() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const goOn = useMutation(query.access.continueWithoutKept.mutationOptions());
  return (
    <div className="flex flex-col items-start gap-2 border-t border-hairline pt-4">
      {goOn.error === null ? null : <FailureNotice error={toFailure(goOn.error)} />}
      <Button disabled={goOn.isPending} onClick={() => goOn.mutate(undefined)}>
        {t('without.button')}
      </Button>
      <p className="text-sm text-pretty text-soft">{t('without.meaning')}</p>
    </div>
  );
}
