import { useMutation } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { CalmPage } from './calm-page.tsx';
import { GoOnWithout } from './go-on-without.tsx';

/** The kept chats do not open for a reason outside of them: what it is, and another try. */
export function FailedPage({ error }: { readonly error: AppErrorData }) {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const retry = useMutation(query.access.unlock.mutationOptions());
  const shown = retry.error === null ? error : toFailure(retry.error);
  return (
    <CalmPage icon={CircleAlert} title={t('failed.title')} lead={t('failed.lead')}>
      <FailureNotice error={shown} />
      <div>
        <Button look="accent" disabled={retry.isPending} onClick={() => retry.mutate({})}>
          {t('tryAgain')}
        </Button>
      </div>
      <GoOnWithout />
    </CalmPage>
  );
}
