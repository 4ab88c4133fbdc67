import { useMutation } from '@tanstack/react-query';
import { Ellipsis, MessageCircle, ShieldCheck, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { useApi } from '../../../api/api-context.tsx';
import { useModelList, useModelsChanged } from '../../../api/use-models.ts';
import { useGo } from '../../../lib/destination.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice, ChoiceMenu } from '../../../ui/choice-menu.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useNotify } from '../../../ui/notifications.tsx';
import { useFailureNote, useModelEdits } from '../use-model-edits.ts';

/** What can be done with a model: have it answer, have its file checked, take it away. */
export function DetailActions({ detail: { description } }: { readonly detail: ModelDetail }) {
  const { t } = useTranslation('models');
  const { query, queryClient } = useApi();
  const go = useGo();
  const notify = useNotify();
  const onError = useFailureNote();
  const edits = useModelEdits();
  const changed = useModelsChanged();
  const selectedId = useModelList()?.selectedId;
  const { id, name, kind, isBuiltIn, isLinked } = description;
  const verify = useMutation(
    query.models.verify.mutationOptions({
      onError,
      onSuccess: (result) => {
        if ('reason' in result) {
          changed();
          notify({ text: t('detail.quarantined', { name }), isProblem: true });
          go({ page: 'models' });
          return;
        }
        queryClient.setQueryData(query.models.detail.queryKey({ input: { id } }), result);
        notify({ text: t('detail.verified') });
      },
    }),
  );
  return (
    <>
      {kind === 'chat' && selectedId !== id ? (
        <Button look="accent" onClick={() => edits.use(description)}>
          <MessageCircle aria-hidden size={14} /> {t('detail.use')}
        </Button>
      ) : null}
      <Button disabled={verify.isPending} onClick={() => verify.mutate({ id })}>
        <ShieldCheck aria-hidden size={14} /> {verify.isPending ? t('detail.verifying') : t('detail.verify')}
      </Button>
      {isBuiltIn ? null : (
        <ChoiceMenu align="end" trigger={<IconButton icon={Ellipsis} label={t('row.menu', { name })} />}>
          <Choice icon={Trash2} isDanger onChoose={() => edits.remove(description, () => go({ page: 'models' }))}>
            {t(isLinked ? 'row.unlink' : 'row.remove')}
          </Choice>
        </ChoiceMenu>
      )}
    </>
  );
}
