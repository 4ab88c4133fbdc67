import { useMutation, useQuery } from '@tanstack/react-query';
import { Cpu, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelList } from '../../../electron/shared/model.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useImportModel } from '../../api/use-files.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useStatus } from '../../api/use-live.ts';
import { modelFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { ImportNotice } from '../../ui/import-notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChatModels } from './chat-models.tsx';
import { BuiltInModels, UnusableFiles } from './other-models.tsx';

/** What is on the disk, in plain words, and which one answers. */
export function ModelsPage() {
  const { t } = useTranslation();
  const { query } = useApi();
  const models = useQuery(query.models.list.queryOptions());
  const importModel = useImportModel();
  const importState = useImportState();
  const picker = useFilePicker({
    accept: modelFileTypes,
    label: t('models.import'),
    onFiles: ([file]) => (file === undefined ? undefined : importModel.mutate(file)),
  });
  const importButton = (
    <Button look="accent" onClick={picker.open} disabled={importState.state === 'running'}>
      <Plus aria-hidden size={15} /> {t('models.import')}
    </Button>
  );
  return (
    <Page title={t('navigation.models')} lead={t('models.lead')} actions={importButton}>
      {picker.input}
      <ImportNotice state={importState} />
      {models.error === null ? null : <FailureNotice error={toFailure(models.error)} />}
      {models.isPending ? <Skeleton /> : null}
      {models.data === undefined ? null : <Models list={models.data} />}
    </Page>
  );
}

function Models({ list }: { readonly list: ModelList }) {
  const { t } = useTranslation();
  const { query, queryClient } = useApi();
  const status = useStatus();
  const select = useMutation(
    query.models.select.mutationOptions({
      onSuccess: (changed) => queryClient.setQueryData(query.models.list.queryKey(), changed),
    }),
  );
  const chatModels = list.models.filter(({ kind }) => kind === 'chat');
  const currentId = status?.model?.id ?? list.selectedId;
  return (
    <>
      {select.error === null ? null : <FailureNotice error={toFailure(select.error)} />}
      {chatModels.length === 0 ? (
        <EmptyState icon={Cpu} title={t('noModel.title')}>
          {t('noModel.what')}
        </EmptyState>
      ) : (
        <Section title={t('models.answering')}>
          <ChatModels models={chatModels} currentId={currentId} onSelect={(id) => select.mutate({ id })} />
        </Section>
      )}
      <UnusableFiles files={list.unusable} />
      <BuiltInModels models={list.models.filter(({ kind }) => kind !== 'chat')} />
      <Section title={t('models.folderTitle')}>
        <div className="flex min-w-0 items-center gap-1">
          <code className="selectable min-w-0 rounded-sm bg-hover px-2 py-1 font-mono text-xs break-all text-soft">
            {list.folder}
          </code>
          <CopyButton text={list.folder} label={t('models.copyFolder')} />
        </div>
        <p className="max-w-[62ch] text-sm text-faint">{t('models.folderText')}</p>
      </Section>
    </>
  );
}
