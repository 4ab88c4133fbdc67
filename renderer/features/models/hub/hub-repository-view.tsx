import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ExternalLink, KeyRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubModel } from '../../../../electron/shared/hub.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useSettings } from '../../../api/use-live.ts';
import { useGo } from '../../../lib/destination.ts';
import { useOpenLink } from '../../../lib/external-link.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { HubFailure } from './hub-failure.tsx';
import { HubFileRow } from './hub-file-row.tsx';

type HubRepositoryViewProps = { readonly model: HubModel; readonly onBack: () => void };

/** What one repository has to download, each with its size and, on demand, whether it fits. */
export function HubRepositoryView({ model, onBack }: HubRepositoryViewProps) {
  const { t } = useTranslation('models');
  const { query } = useApi();
  const openLink = useOpenLink();
  const address = useSettings()?.hubAddress;
  const title = useRef<HTMLHeadingElement>(null);
  const { repository: name, isGated } = model;
  const repository = useQuery(
    query.catalogue.repository.queryOptions({ input: { repository: name }, staleTime: 60_000 }),
  );
  // The list that had the focus is gone, and this is what was asked for.
  useEffect(() => title.current?.focus(), [name]);
  return (
    <div className="flex flex-col gap-4">
      <Button look="quiet" className="-ml-2 w-fit" onClick={onBack}>
        <ArrowLeft aria-hidden size={14} /> {t('hub.back')}
      </Button>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 ref={title} tabIndex={-1} className="min-w-0 text-xl font-semibold break-all outline-none">
          {name}
        </h2>
        {address === undefined ? null : (
          <Button onClick={() => openLink(new URL(name, address).href)}>
            <ExternalLink aria-hidden size={14} /> {t('hub.page')}
          </Button>
        )}
      </div>
      {isGated && repository.error === null && address !== undefined ? <Gated host={new URL(address).host} /> : null}
      {repository.error === null ? null : (
        <HubFailure error={toFailure(repository.error)} repository={name} onRetry={() => void repository.refetch()} />
      )}
      {repository.isPending ? <Skeleton lines={4} /> : null}
      {repository.data === undefined ? null : (
        <Section title={t('hub.files')}>
          <p className="text-sm text-soft">{repository.data.licence ?? t('hub.noLicence')}</p>
          {repository.data.files.length === 0 ? <p className="text-base text-soft">{t('hub.noFiles')}</p> : null}
          <ul aria-label={t('hub.files')} className="flex flex-col">
            {repository.data.files.map((file) => (
              <HubFileRow key={file.path} repository={name} file={file} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Gated({ host }: { readonly host: string }) {
  const { t } = useTranslation('models');
  const go = useGo();
  return (
    <div className="flex gap-3 rounded-md bg-cloud-wash px-3.5 py-3">
      <KeyRound aria-hidden size={16} className="mt-0.5 shrink-0 text-cloud" />
      <div className="flex min-w-0 flex-col gap-2.5">
        <p className="text-base text-pretty">{t('hub.gatedText', { host })}</p>
        <div>
          <Button onClick={() => go({ page: 'settings', section: 'privacy' })}>{t('hub.token')}</Button>
        </div>
      </div>
    </div>
  );
}
