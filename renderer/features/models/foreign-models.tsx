import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ForeignModel } from '../../../electron/shared/model-detail.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useApi } from '../../api/api-context.tsx';
import { useForeignModels, useModelsChanged } from '../../api/use-models.ts';
import { Button } from '../../ui/button.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { Section } from '../../ui/page.tsx';
import { useFailureNote } from './use-model-edits.ts';

/** Models that other programs have already fetched: used where they are. */
export function ForeignModels() {
  const { t } = useTranslation('models');
  const models = useForeignModels();
  if (models.length === 0) return null;
  return (
    <Section title={t('foreign.title')}>
      <p className="max-w-[66ch] text-sm text-pretty text-soft">{t('foreign.text')}</p>
      <ul className="flex flex-col">
        {models.map((model) => (
          <ForeignRow key={model.id} model={model} />
        ))}
      </ul>
    </Section>
  );
}

function ForeignRow({ model }: { readonly model: ForeignModel }) {
  const { t, i18n } = useTranslation('models');
  const { query } = useApi();
  const notify = useNotify();
  const onError = useFailureNote();
  const changed = useModelsChanged();
  const { id, name, path, sizeBytes, isLinked } = model;
  const program = t(`foreign.${model.program}`);
  const link = useMutation(
    query.models.linkForeign.mutationOptions({
      onError,
      onSuccess: () => {
        changed();
        notify({ text: t('import.linked', { name }) });
      },
    }),
  );
  return (
    <li className="flex items-center gap-4 border-b border-hairline py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="truncate text-base font-medium">{name}</p>
        <p className="numeric text-sm text-soft">
          {program} · {formatBytes(sizeBytes, i18n.language)}
        </p>
        <p className="selectable truncate font-mono text-xs text-faint" title={path}>
          {path}
        </p>
      </div>
      {isLinked ? (
        <span className="shrink-0 text-sm text-local">{t('foreign.isUsed')}</span>
      ) : (
        <Button
          aria-label={t('foreign.useNamed', { name, program })}
          disabled={link.isPending}
          onClick={() => link.mutate({ id })}
        >
          {t('foreign.use')}
        </Button>
      )}
    </li>
  );
}
