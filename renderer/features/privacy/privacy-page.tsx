import { useMutation } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntryId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useDescription, useStatus } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OnOff } from '../../ui/on-off.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { KeysSection } from './keys-section.tsx';
import { LedgerList } from './ledger-list.tsx';
import { MonthSection } from './month-section.tsx';
import { PurposeList } from './purpose-list.tsx';
import { UsageSection } from './usage-section.tsx';
import { VerifySection } from './verify-section.tsx';

type PrivacyPageProps = {
  /** The entry of the ledger that a link leads to; null for none. */
  readonly entryId: LedgerEntryId | null;
};

/** What left, what may leave, what is kept, and how to check all of it oneself. */
export function PrivacyPage({ entryId }: PrivacyPageProps) {
  const { t } = useTranslation();
  // A page that is open at midnight goes on with the month in which it was opened, in all its parts.
  const [now] = useState(() => Date.now());
  const ledger = <LedgerList entryId={entryId} now={now} />;
  return (
    <Page title={t('navigation.privacy')}>
      {entryId === null ? null : ledger}
      <MonthSection now={now} />
      <OfflineLock />
      <PurposeList />
      <UsageSection now={now} />
      <KeysSection />
      <Keeping />
      {entryId === null ? ledger : null}
      <VerifySection />
    </Page>
  );
}

function OfflineLock() {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const status = useStatus();
  const setOffline = useMutation(
    query.privacy.setOffline.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.settings.key() }),
    }),
  );
  const isOffline = status?.isOffline ?? true;
  const Icon = isOffline ? Lock : LockOpen;
  return (
    <Section title={t('privacy.lockTitle')}>
      <div className="flex items-start gap-4">
        <Icon aria-hidden size={18} strokeWidth={1.6} className="mt-0.5 shrink-0 text-soft" />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <p className="text-base font-medium">{isOffline ? t('privacy.locked') : t('privacy.unlocked')}</p>
          <p className="max-w-[56ch] text-sm text-soft">
            {isOffline ? t('privacy.lockedText') : t('privacy.unlockedText')}
          </p>
        </div>
        <OnOff label={t('privacy.lock')} isOn={isOffline} onChange={(isOn) => setOffline.mutate({ isOffline: isOn })} />
      </div>
      {setOffline.error === null ? null : <FailureNotice error={toFailure(setOffline.error)} />}
    </Section>
  );
}

function Keeping() {
  const { t } = useTranslation();
  const status = useStatus();
  const description = useDescription();
  if (status === undefined) return null;
  return (
    <Section title={t('privacy.keepingTitle')}>
      <p className="text-base font-medium">{t(`keeping.${status.keeping}.short`)}</p>
      <p className="max-w-[62ch] text-sm text-soft">{t(`keeping.${status.keeping}.long`)}</p>
      <p>
        <a
          href={addressOf({ page: 'settings', section: 'privacy' })}
          className="text-base font-medium text-accent underline-offset-2 hover:underline"
        >
          {t('privacy.changeKeeping')}
        </a>
      </p>
      {description === undefined ? null : (
        <p className="text-sm text-faint">
          {t('privacy.dataFolder')}{' '}
          <code className="selectable font-mono text-xs break-all">{description.dataFolder}</code>
        </p>
      )}
    </Section>
  );
}
