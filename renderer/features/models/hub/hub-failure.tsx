import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../../electron/shared/app-error.ts';
import { useSettings } from '../../../api/use-live.ts';
import { useConsent } from '../../../lib/consent.ts';
import { useGo } from '../../../lib/destination.ts';
import { useOpenLink } from '../../../lib/external-link.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

type HubFailureProps = {
  readonly error: AppErrorData;
  readonly repository?: string;
  /** Tries the same again. */
  readonly onRetry?: () => void;
};

/** What went wrong with the hub, and the next step as a button. */
export function HubFailure({ error, repository, onRetry }: HubFailureProps) {
  const { t } = useTranslation('models');
  const go = useGo();
  const openLink = useOpenLink();
  const consent = useConsent();
  const address = useSettings()?.hubAddress;
  const isGated = error.code === 'hub/gated';
  const wantsToken = isGated || error.code === 'hub/wrong-token';
  const wantsConsent = error.code === 'egress/offline' || error.code === 'egress/purpose-not-allowed';
  const conditions =
    isGated && repository !== undefined && address !== undefined ? new URL(repository, address).href : null;
  if (conditions === null && !wantsToken && onRetry === undefined) return <FailureNotice error={error} />;
  return (
    <FailureNotice error={error}>
      {conditions === null ? null : <Button onClick={() => openLink(conditions)}>{t('hub.conditions')}</Button>}
      {wantsToken ? (
        <Button onClick={() => go({ page: 'settings', section: 'privacy' })}>{t('hub.token')}</Button>
      ) : null}
      {onRetry === undefined ? null : (
        <Button onClick={() => (wantsConsent ? consent(onRetry) : onRetry())}>
          {wantsConsent ? t('consent.allow') : t('downloads.retry')}
        </Button>
      )}
    </FailureNotice>
  );
}
