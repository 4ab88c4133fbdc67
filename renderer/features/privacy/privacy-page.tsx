import { useMutation, useQuery } from '@tanstack/react-query';
import { Lock, LockOpen, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useDescription, useStatus } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OnOff } from '../../ui/on-off.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { LedgerList } from './ledger-list.tsx';
import { PurposeList } from './purpose-list.tsx';

/** What left, what may leave, what is kept, and how to check all of it oneself. */
export function PrivacyPage() {
  const { t } = useTranslation();
  const { query } = useApi();
  const ledger = useQuery(query.privacy.ledger.queryOptions({ input: {} }));
  const left = ledger.data?.filter(({ bytesSent, outcome }) => bytesSent > 0 || outcome === 'completed') ?? [];
  return (
    <Page title={t('navigation.privacy')}>
      {ledger.error === null ? null : <FailureNotice error={toFailure(ledger.error)} />}
      {ledger.data === undefined ? null : <Verdict count={left.length} />}
      <OfflineLock />
      <PurposeList />
      <Keeping />
      <LedgerList entries={ledger.data ?? []} />
      <Section title={t('privacy.verifyTitle')}>
        <ol className="flex max-w-[62ch] list-decimal flex-col gap-1.5 pl-5 text-base text-soft marker:text-faint">
          <li>{t('privacy.verify1')}</li>
          <li>{t('privacy.verify2')}</li>
          <li>
            {t('privacy.verify3')} <code className="selectable font-mono text-sm">sotto ledger</code>
          </li>
        </ol>
      </Section>
    </Page>
  );
}

function Verdict({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const isClean = count === 0;
  const Icon = isClean ? ShieldCheck : ShieldAlert;
  return (
    <div className={`flex items-center gap-5 rounded-xl px-6 py-7 ${isClean ? 'bg-local-wash' : 'bg-cloud-wash'}`}>
      <Icon aria-hidden size={40} strokeWidth={1.25} className={`shrink-0 ${isClean ? 'text-local' : 'text-cloud'}`} />
      <div className="flex flex-col gap-1">
        <p className="text-2xl font-semibold tracking-tight">
          {isClean ? t('privacy.clean') : t('privacy.left', { count })}
        </p>
        <p className="text-base text-soft">{isClean ? t('privacy.cleanText') : t('privacy.leftText')}</p>
      </div>
    </div>
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
