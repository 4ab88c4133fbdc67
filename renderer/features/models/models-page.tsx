import { useQuery } from '@tanstack/react-query';
import { Cpu, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelList } from '../../../electron/shared/model.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useSettings } from '../../api/use-live.ts';
import { useGo } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ImportNotice } from '../../ui/import-notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CatalogueSection } from './catalogue-section.tsx';
import { DownloadsTray } from './downloads-tray.tsx';
import { ForeignModels } from './foreign-models.tsx';
import { ImportMenu } from './import-menu.tsx';
import { InstalledModels } from './installed-models.tsx';
import { JobChoices } from './job-choices.tsx';
import { Quarantine, UnusableFiles } from './put-aside.tsx';

/** Milliseconds between two looks at the model folder while it is shown. */
const folderLookMs = 4_000;

/** What is on its way, what is here and does what, and what would run here. */
export function ModelsPage({ engineLibraries = null }: { readonly engineLibraries?: ReactNode }) {
  const { t } = useTranslation(['models', 'window']);
  const { query } = useApi();
  const go = useGo();
  // A person may put a file into the folder while this page is open.
  const models = useQuery(query.models.list.queryOptions({ refetchInterval: folderLookMs }));
  const importState = useImportState();
  const actions = (
    <>
      <Button onClick={() => go({ page: 'model-search' })}>
        <Search aria-hidden size={14} /> {t('hub.open')}
      </Button>
      <ImportMenu />
    </>
  );
  return (
    <Page title={t('window:navigation.models')} lead={t('page.lead')} actions={actions}>
      <ImportNotice state={importState} />
      <DownloadsTray />
      {models.error === null ? null : <FailureNotice error={toFailure(models.error)} />}
      {models.isPending ? <Skeleton /> : null}
      {models.data === undefined ? null : <Library list={models.data} />}
      <CatalogueSection engineLibraries={engineLibraries} />
      <MoreModels />
      <ForeignModels />
      <Quarantine />
      {models.data === undefined ? null : <ModelFolder folder={models.data.folder} />}
    </Page>
  );
}

function Library({ list }: { readonly list: ModelList }) {
  const { t } = useTranslation('models');
  const hasWriter = list.models.some(({ kind }) => kind === 'chat');
  return (
    <>
      {hasWriter ? null : (
        <EmptyState icon={Cpu} title={t('page.none')}>
          {t('page.noneText')}
        </EmptyState>
      )}
      {list.models.length === 0 ? null : (
        <Section title={t('page.here')}>
          <InstalledModels list={list} />
        </Section>
      )}
      <UnusableFiles files={list.unusable} />
      <JobChoices list={list} />
    </>
  );
}

/** The way to everything that Sotto does not know by itself. */
function MoreModels() {
  const { t } = useTranslation('models');
  const go = useGo();
  const address = useSettings()?.hubAddress;
  if (address === undefined) return null;
  return (
    <Section title={t('page.find')}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-base text-soft">{t('hub.openText', { host: new URL(address).host })}</p>
        <Button onClick={() => go({ page: 'model-search' })}>
          <Search aria-hidden size={14} /> {t('hub.open')}
        </Button>
      </div>
    </Section>
  );
}

function ModelFolder({ folder }: { readonly folder: string }) {
  const { t } = useTranslation();
  return (
    <Section title={t('models.folderTitle')}>
      <div className="flex min-w-0 items-center gap-1">
        <code className="selectable min-w-0 rounded-sm bg-hover px-2 py-1 font-mono text-xs break-all text-soft">
          {folder}
        </code>
        <CopyButton text={folder} label={t('models.copyFolder')} />
      </div>
      <p className="max-w-[62ch] text-sm text-faint">{t('models.folderText')}</p>
    </Section>
  );
}
