import { useMutation } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { appErrorDataSchema } from '../../../electron/shared/app-error.ts';
import type { ModelId } from '../../../electron/shared/ids.ts';
import type { QuarantinedModel } from '../../../electron/shared/model-detail.ts';
import type { UnusableModel } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useApi } from '../../api/api-context.tsx';
import { useModelsChanged, useQuarantine } from '../../api/use-models.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { useDay } from './model-words.ts';
import { useFailureNote } from './use-model-edits.ts';

const rowClass = 'flex items-start gap-3.5 border-b border-hairline py-3 last:border-b-0';

/** Files in the model folder that cannot be used, each with its reason. */
export function UnusableFiles({ files }: { readonly files: readonly UnusableModel[] }) {
  const { t, i18n } = useTranslation('models');
  const words = useErrorWords();
  if (files.length === 0) return null;
  const reason = ({ code, message, details, fileName }: UnusableModel): string => {
    const known = appErrorDataSchema.safeParse({ code, message, details: { ...details, name: fileName } });
    return known.success ? words(known.data) : message;
  };
  return (
    <Section title={t('aside.unusable')}>
      <ul className="flex flex-col">
        {files.map((file) => (
          <li key={file.fileName} className={rowClass}>
            <CircleAlert aria-hidden size={18} strokeWidth={1.6} className="mt-0.5 shrink-0 text-problem" />
            <div className="flex min-w-0 flex-1 flex-col gap-0.5">
              <p className="text-base font-medium break-all">
                {file.fileName}
                <span className="numeric font-normal text-faint"> · {formatBytes(file.sizeBytes, i18n.language)}</span>
              </p>
              <p className="selectable text-sm text-pretty text-soft">{reason(file)}</p>
            </div>
            {file.id === undefined ? null : <TakeOut id={file.id} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A file that was used where it lay and is gone: only its place in the list is left. */
function TakeOut({ id }: { readonly id: ModelId }) {
  const { t } = useTranslation('models');
  const { query } = useApi();
  const onError = useFailureNote();
  const changed = useModelsChanged();
  const remove = useMutation(query.models.remove.mutationOptions({ onError, onSuccess: changed }));
  return (
    <Button disabled={remove.isPending} onClick={() => remove.mutate({ id })}>
      {t('row.unlink')}
    </Button>
  );
}

/** Files that were put aside, each with the reason; only the person deletes them. */
export function Quarantine() {
  const { t } = useTranslation('models');
  const files = useQuarantine();
  if (files.length === 0) return null;
  return (
    <Section title={t('aside.title')}>
      <p className="max-w-[66ch] text-sm text-pretty text-soft">{t('aside.text')}</p>
      <ul className="flex flex-col">
        {files.map((file) => (
          <QuarantineRow key={file.fileName} file={file} />
        ))}
      </ul>
    </Section>
  );
}

function QuarantineRow({ file: { fileName, sizeBytes, reason, at } }: { readonly file: QuarantinedModel }) {
  const { t, i18n } = useTranslation('models');
  const { query, queryClient } = useApi();
  const day = useDay();
  const onError = useFailureNote();
  const [isAsking, setAsking] = useState(false);
  const discard = useMutation(
    query.models.discard.mutationOptions({
      onError,
      onSuccess: (left) => queryClient.setQueryData(query.models.quarantined.queryKey(), left),
    }),
  );
  return (
    <li className={rowClass}>
      <CircleAlert aria-hidden size={18} strokeWidth={1.6} className="mt-0.5 shrink-0 text-cloud" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="text-base font-medium break-all">{fileName}</p>
        <p className="text-sm text-pretty text-soft">{t(`aside.${reason}`)}</p>
        <p className="numeric text-sm text-faint">
          {formatBytes(sizeBytes, i18n.language)} · {t('aside.since', { date: day(at) })}
        </p>
      </div>
      <Button
        look="danger"
        aria-label={t('aside.discardNamed', { name: fileName })}
        disabled={discard.isPending}
        onClick={() => setAsking(true)}
      >
        {t('aside.discard')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('aside.discardTitle', { name: fileName })}
        confirmLabel={t('aside.discard')}
        isDanger
        onConfirm={() => discard.mutate({ fileName })}
        onClose={() => setAsking(false)}
      >
        {t('aside.discardText', { size: sizeBytes })}
      </ConfirmDialog>
    </li>
  );
}
