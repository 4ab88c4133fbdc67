import { Cpu, Ellipsis, Info, MessageCircle, Search, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { modelJobSchema } from '../../../electron/shared/model.ts';
import type { ModelDescription, ModelJob, ModelList } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useStatus } from '../../api/use-live.ts';
import { useModelDetail } from '../../api/use-models.ts';
import { addressOf, useGo } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useFitWords } from '../../ui/fit-words.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { usePrecisionWords } from './model-words.ts';
import { useEngineBrief } from './use-engine-brief.ts';
import { useModelEdits } from './use-model-edits.ts';

/** The jobs that a model has, the chosen ones and those that come with chats. */
export function jobsOf({ id }: ModelDescription, { selectedId, byJob }: ModelList): readonly ModelJob[] {
  return modelJobSchema.options.filter((job) => (job === 'chat' ? selectedId : (byJob[job] ?? null)) === id);
}

/** What is on the disk: each with what it does, how fast it is here and whether it is awake. */
export function InstalledModels({ list }: { readonly list: ModelList }) {
  const { t } = useTranslation('models');
  return (
    // The keys move among the links inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul aria-label={t('page.here')} className="flex flex-col" onKeyDown={moveInList}>
      {list.models.map((model) => (
        <InstalledModel key={model.id} model={model} list={list} />
      ))}
    </ul>
  );
}

type InstalledModelProps = { readonly model: ModelDescription; readonly list: ModelList };

function InstalledModel({ model, list }: InstalledModelProps) {
  const { t, i18n } = useTranslation('models');
  const precision = usePrecisionWords();
  const fitWords = useFitWords();
  const engine = useEngineBrief();
  const status = useStatus();
  const fit = useModelDetail(model.id).data?.fit;
  const rate = fit === undefined || model.kind !== 'chat' ? null : fitWords(fit).rate;
  const isCurrent = status?.model?.id === model.id;
  const facts = [
    formatBytes(model.sizeBytes, i18n.language),
    rate,
    isCurrent && status !== undefined ? engine(status) : null,
    model.isLinked ? t('state.linked') : null,
    model.isBuiltIn ? t('state.builtIn') : null,
  ];
  return (
    <li className="flex items-start gap-3.5 border-b border-hairline py-3 last:border-b-0">
      <ModelIcon kind={model.kind} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <a
            data-list-item
            href={addressOf({ page: 'model', modelId: model.id })}
            className="-ml-1 min-w-0 truncate rounded-sm px-1 text-base font-medium hover:bg-hover"
          >
            {model.name}
          </a>
          {jobsOf(model, list).map((job) => (
            <span
              key={job}
              className="inline-flex h-5 items-center rounded-sm bg-accent-wash px-1.5 text-xs font-medium text-accent"
            >
              {t(`job.${job}`)}
            </span>
          ))}
        </p>
        <p className="numeric text-sm text-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
        <p className="text-sm text-faint">
          {model.kind === 'chat' && model.quantisation !== null
            ? precision(model.quantisation)
            : t(`kindText.${model.kind}`)}
        </p>
      </div>
      <ModelMenu model={model} list={list} />
    </li>
  );
}

/** What a model is for, as a sign beside its name. */
function ModelIcon({ kind }: Pick<ModelDescription, 'kind'>) {
  const Icon = kind === 'chat' ? Cpu : Search;
  return <Icon aria-hidden size={20} strokeWidth={1.5} className="mt-0.5 shrink-0 text-faint" />;
}

function ModelMenu({ model, list }: InstalledModelProps) {
  const { t } = useTranslation('models');
  const go = useGo();
  const edits = useModelEdits();
  const { id, name, kind, isBuiltIn, isLinked } = model;
  return (
    <ChoiceMenu align="end" trigger={<IconButton icon={Ellipsis} label={t('row.menu', { name })} />}>
      <Choice icon={Info} onChoose={() => go({ page: 'model', modelId: id })}>
        {t('row.details')}
      </Choice>
      {kind === 'chat' && list.selectedId !== id ? (
        <Choice icon={MessageCircle} onChoose={() => edits.use(model)}>
          {t('row.use')}
        </Choice>
      ) : null}
      {isBuiltIn ? null : (
        <Choice icon={Trash2} isDanger onChoose={() => edits.remove(model)}>
          {t(isLinked ? 'row.unlink' : 'row.remove')}
        </Choice>
      )}
    </ChoiceMenu>
  );
}
