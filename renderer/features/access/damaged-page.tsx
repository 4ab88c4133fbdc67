import { useMutation } from '@tanstack/react-query';
import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccessState, Backup, RescueReport } from '../../../electron/shared/access.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CalmPage } from './calm-page.tsx';
import { GoOnWithout } from './go-on-without.tsx';

type Damaged = Extract<AccessState, { state: 'damaged' }>;

/** The file of the kept chats is broken: what can be read, which backups there are, and what each way means. */
export function DamagedPage({ damaged }: { readonly damaged: Damaged }) {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const openReadable = useMutation(query.access.openReadable.mutationOptions());
  const restore = useMutation(query.access.restoreBackup.mutationOptions());
  const isWorking = openReadable.isPending || restore.isPending;
  const failure = openReadable.error ?? restore.error;
  return (
    <CalmPage icon={FileWarning} title={t('damaged.title')} lead={t('damaged.lead')}>
      {failure === null ? null : <FailureNotice error={toFailure(failure)} />}
      <section aria-label={t('damaged.readable')} className="flex flex-col items-start gap-2">
        <h2 className="text-base font-semibold">{t('damaged.readable')}</h2>
        <Rescue rescue={damaged.rescue} />
        <Button
          look={damaged.backups.length === 0 ? 'accent' : 'plain'}
          disabled={isWorking || damaged.rescue === null}
          onClick={() => openReadable.mutate(undefined)}
        >
          {t('damaged.openReadable')}
        </Button>
        <p className="text-sm text-pretty text-soft">{t('damaged.openReadableText')}</p>
      </section>
      <Backups backups={damaged.backups} isWorking={isWorking} onRestore={({ name }) => restore.mutate({ name })} />
      <GoOnWithout />
      <p role="status" className="sr-only">
        {isWorking ? t('damaged.working') : ''}
      </p>
    </CalmPage>
  );
}

function Rescue({ rescue }: { readonly rescue: RescueReport | null }) {
  const { t, i18n } = useTranslation('access');
  if (rescue === null) {
    return (
      <div className="w-full">
        <p role="status" className="text-sm text-soft">
          {t('damaged.looking')}
        </p>
        <Skeleton lines={2} />
      </div>
    );
  }
  const number = new Intl.NumberFormat(i18n.language);
  const counted = (['conversations', 'messages', 'documents'] as const).map((what) =>
    t(`count.${what}`, { count: rescue[what], number: number.format(rescue[what]) }),
  );
  return (
    <p className="numeric text-base text-soft">
      {counted.join(', ')}.{' '}
      {t('damaged.unreadable', { count: rescue.unreadable, number: number.format(rescue.unreadable) })}
    </p>
  );
}

type BackupsProps = {
  readonly backups: readonly Backup[];
  readonly isWorking: boolean;
  readonly onRestore: (backup: Backup) => void;
};

function Backups({ backups, isWorking, onRestore }: BackupsProps) {
  const { t, i18n } = useTranslation('access');
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeStyle: 'short' });
  return (
    <section aria-label={t('damaged.backups')} className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{t('damaged.backups')}</h2>
      {backups.length === 0 ? <p className="text-sm text-soft">{t('damaged.noBackups')}</p> : null}
      <ul className="flex flex-col gap-1.5">
        {backups.map((backup, index) => (
          <li key={backup.name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="numeric text-base text-soft">
              {time.format(backup.madeAt)} · {formatBytes(backup.sizeBytes, i18n.language)}
            </span>
            <Button look={index === 0 ? 'accent' : 'plain'} disabled={isWorking} onClick={() => onRestore(backup)}>
              {t('damaged.restore')}
              <span className="sr-only"> {time.format(backup.madeAt)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {backups.length === 0 ? null : <p className="text-sm text-pretty text-soft">{t('damaged.restoreText')}</p>}
    </section>
  );
}
