import { useMutation } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubQuerySchema } from '../../../../electron/shared/hub.ts';
import type { HubModel, HubQuery } from '../../../../electron/shared/hub.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useSettings } from '../../../api/use-live.ts';
import { useConsent } from '../../../lib/consent.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { HubFailure } from './hub-failure.tsx';
import { HubForm } from './hub-form.tsx';
import { HubRepositoryView } from './hub-repository-view.tsx';
import { HubResults } from './hub-results.tsx';

const firstQuery: HubQuery = hubQuerySchema.parse({ text: '' });

/** Every other model of the hub. What is typed leaves the computer only when a person says so. */
export function HubSearchPage() {
  const { t } = useTranslation('models');
  const { query } = useApi();
  const address = useSettings()?.hubAddress;
  const consent = useConsent();
  const [wanted, setWanted] = useState(firstQuery);
  const [opened, setOpened] = useState<HubModel | null>(null);
  const search = useMutation(query.catalogue.search.mutationOptions());
  const run = (changed: HubQuery): void => {
    setWanted(changed);
    setOpened(null);
    consent(() => search.mutate(changed));
  };
  const host = address === undefined ? '' : new URL(address).host;
  return (
    <Page
      title={t('hub.title')}
      lead={t('hub.lead', { host })}
      back={{ to: { page: 'models' }, label: t('detail.back') }}
    >
      <HubForm query={wanted} hasSearched={search.status !== 'idle'} isBusy={search.isPending} onSearch={run} />
      {opened === null ? (
        <>
          {search.error === null ? null : <HubFailure error={toFailure(search.error)} onRetry={() => run(wanted)} />}
          {search.isPending ? <Skeleton lines={5} /> : null}
          {search.data === undefined ? null : <HubResults models={search.data} onOpen={setOpened} />}
          {search.isIdle ? (
            <EmptyState icon={Search} title={t('hub.beforeTitle')}>
              {t('hub.before')}
            </EmptyState>
          ) : null}
        </>
      ) : (
        <HubRepositoryView model={opened} onBack={() => setOpened(null)} />
      )}
    </Page>
  );
}
