import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { modelJobSchema } from '../../../electron/shared/model.ts';
import type { ModelDescription, ModelJob, ModelList } from '../../../electron/shared/model.ts';
import { useSettings } from '../../api/use-live.ts';
import { useModelsChanged, useSelectModel } from '../../api/use-models.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { useFailureNote } from './use-model-edits.ts';

/** Stands for "as for chats", and for "the one that came with the app". */
const same = 'same';

/** Which model does what: one for chats, and where wanted others for the rest. */
export function JobChoices({ list }: { readonly list: ModelList }) {
  const { t } = useTranslation('models');
  const writers = list.models.filter(({ kind }) => kind === 'chat');
  if (writers.length === 0) return null;
  return (
    <Section title={t('job.title')}>
      <p className="max-w-[66ch] text-sm text-pretty text-soft">{t('job.text')}</p>
      <div className="flex flex-col">
        {modelJobSchema.options.map((job) => (
          <JobChoice key={job} job={job} list={list} writers={writers} />
        ))}
        <EmbedderChoice embedders={list.models.filter(({ kind }) => kind === 'embedding')} />
        <RerankerLine rerankers={list.models.filter(({ kind }) => kind === 'reranking')} />
      </div>
    </Section>
  );
}

type JobRowProps = { readonly title: string; readonly text?: string; readonly children: ReactNode };

function JobRow({ title, text, children }: JobRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 border-b border-hairline py-2.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-52 flex-col">
        <h3 className="text-base font-medium">{title}</h3>
        {text === undefined ? null : <p className="max-w-[60ch] text-sm text-pretty text-faint">{text}</p>}
      </div>
      {children}
    </div>
  );
}

type JobChoiceProps = {
  readonly job: ModelJob;
  readonly list: ModelList;
  readonly writers: readonly ModelDescription[];
};

function JobChoice({ job, list, writers }: JobChoiceProps) {
  const { t } = useTranslation('models');
  const select = useSelectModel();
  const onError = useFailureNote();
  const isChat = job === 'chat';
  const chatName = writers.find(({ id }) => id === list.selectedId)?.name;
  const options: readonly { readonly value: string; readonly label: string }[] = [
    ...(isChat
      ? []
      : [{ value: same, label: chatName === undefined ? t('job.sameNone') : t('job.same', { name: chatName }) }]),
    ...(isChat && list.selectedId === null ? [{ value: same, label: t('job.none') }] : []),
    ...writers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const chosen = isChat ? list.selectedId : (list.byJob[job] ?? null);
  return (
    <JobRow title={t(`job.${job}`)}>
      <span className="grid w-64 max-w-full">
        <Select
          label={t(`job.${job}`)}
          value={chosen ?? same}
          options={options}
          onChange={(value) =>
            select.mutate({ id: writers.find(({ id }) => id === value)?.id ?? null, job }, { onError })
          }
        />
      </span>
    </JobRow>
  );
}

function EmbedderChoice({ embedders }: { readonly embedders: readonly ModelDescription[] }) {
  const { t } = useTranslation(['models', 'window']);
  const embedderId = useSettings()?.embedderId ?? null;
  const update = useUpdateSettings();
  const changed = useModelsChanged();
  const onError = useFailureNote();
  if (embedders.length === 0) return null;
  const own = embedders.filter(({ isBuiltIn }) => !isBuiltIn);
  const builtIn = embedders.find(({ isBuiltIn }) => isBuiltIn);
  const options: readonly { readonly value: string; readonly label: string }[] = [
    {
      value: same,
      label:
        builtIn === undefined
          ? t('window:settings.embedderDefault')
          : t('window:settings.embedderShipped', { name: builtIn.name }),
    },
    ...own.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <JobRow title={t('job.embedding')} text={t('window:settings.embedderText')}>
      <span className="grid w-64 max-w-full">
        <Select
          label={t('job.embedding')}
          value={embedderId ?? same}
          options={options}
          onChange={(value) =>
            update.mutate(
              { embedderId: own.find(({ id }) => id === value)?.id ?? null },
              { onError, onSuccess: changed },
            )
          }
        />
      </span>
    </JobRow>
  );
}

/** There is nothing to choose yet: the smallest one sorts, and it says which that is. */
function RerankerLine({ rerankers }: { readonly rerankers: readonly ModelDescription[] }) {
  const { t } = useTranslation('models');
  const [smallest] = [...rerankers].sort((a, b) => a.sizeBytes - b.sizeBytes);
  return (
    <JobRow title={t('job.reranking')} text={smallest === undefined ? t('job.rerankNone') : t('job.rerankText')}>
      {smallest === undefined ? null : <p className="text-base text-soft">{smallest.name}</p>}
    </JobRow>
  );
}
