import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../../electron/shared/words.ts';
import { useApi } from '../../../api/api-context.tsx';
import { useStatus } from '../../../api/use-live.ts';
import { useGo } from '../../../lib/destination.ts';
import { Choice, ChoiceMenu } from '../../../ui/choice-menu.tsx';

/** The model that answers next, and the others that could. */
export function ModelPicker() {
  const { t, i18n } = useTranslation();
  const { query, queryClient } = useApi();
  const go = useGo();
  const status = useStatus();
  const models = useQuery(query.models.list.queryOptions());
  const select = useMutation(
    query.models.select.mutationOptions({
      onSuccess: (list) => queryClient.setQueryData(query.models.list.queryKey(), list),
    }),
  );
  const current = status?.model ?? null;
  const choices = models.data?.models.filter(({ kind }) => kind === 'chat') ?? [];
  if (current === null) return null;
  const trigger = (
    <button
      type="button"
      aria-label={t('composer.model', { name: current.name })}
      className="flex h-8 min-w-0 items-center gap-1 rounded-md px-2 text-sm text-soft hover:bg-hover hover:text-ink"
    >
      <span className="truncate">{current.name}</span>
      <ChevronDown aria-hidden size={13} className="shrink-0" />
    </button>
  );
  return (
    <ChoiceMenu trigger={trigger} side="top">
      {choices.map(({ id, name, sizeBytes }) => (
        <Choice key={id} onChoose={() => select.mutate({ id })}>
          <Check aria-hidden size={14} className={id === current.id ? 'shrink-0' : 'invisible shrink-0'} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="numeric shrink-0 text-sm text-faint">{formatBytes(sizeBytes, i18n.language)}</span>
        </Choice>
      ))}
      <Choice onChoose={() => go({ page: 'models' })}>{t('composer.allModels')}</Choice>
    </ChoiceMenu>
  );
}
