import { useMutation } from '@tanstack/react-query';
import { Cloud, Server } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { ChangeRemoteDialog } from './change-remote-dialog.tsx';
import { ModelChoice } from './model-choice.tsx';
import { RemoteKey } from './remote-key.tsx';
import { RemoteTest } from './remote-test.tsx';
import { hostOf } from './remote-words.ts';
import { useRefreshRemotes } from './use-remotes.ts';

/** One large model: where it is, which model, its key, whether it works. */
export function RemoteCard({ remote }: { readonly remote: Remote }) {
  const { t } = useTranslation('remotes');
  const openLink = useOpenLink();
  const [isChoosing, setChoosing] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const { name, modelName, policyUrl } = remote;
  return (
    <li className="flex flex-col gap-3 rounded-lg bg-raised p-4 shadow-card ring-1 ring-hairline">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <RemoteTitle remote={remote} />
        <div className="flex gap-1">
          <Button look="quiet" onClick={() => setChanging(true)}>
            {t('list.change')} <span className="sr-only">{t('list.of', { name })}</span>
          </Button>
          <RemoveButton remote={remote} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 text-base break-words">
          {modelName === null ? t('list.noModel') : t('list.model', { name: modelName })}
        </p>
        <Button
          look={modelName === null ? 'plain' : 'quiet'}
          aria-expanded={isChoosing}
          onClick={() => setChoosing(!isChoosing)}
        >
          {t(modelName === null ? 'models.choose' : 'models.other')}
        </Button>
      </div>
      {isChoosing ? <ModelChoice remote={remote} onChosen={() => setChoosing(false)} /> : null}
      <RemoteKey remote={remote} />
      <RemoteTest remote={remote} />
      {policyUrl === null ? null : (
        <button
          type="button"
          className="w-fit text-left text-sm font-medium text-accent underline-offset-2 hover:underline"
          onClick={() => openLink(policyUrl)}
        >
          {t('list.policy', { name })}
        </button>
      )}
      {isChanging ? <ChangeRemoteDialog remote={remote} onClose={() => setChanging(false)} /> : null}
    </li>
  );
}

function RemoteTitle({ remote: { name, zone, baseUrl } }: { readonly remote: Remote }) {
  const { t } = useTranslation('remotes');
  const isOwn = zone === 'own-server';
  const Icon = isOwn ? Server : Cloud;
  return (
    <div className="flex min-w-0 items-start gap-3">
      <Icon aria-hidden size={18} className={`mt-0.5 shrink-0 ${isOwn ? 'text-server' : 'text-cloud'}`} />
      <div className="min-w-0">
        <h4 className="text-base font-semibold break-words">{name}</h4>
        <p className="text-sm break-all text-soft">
          {t(`list.zone.${zone}`)} · <span className="selectable">{hostOf(baseUrl)}</span>
        </p>
      </div>
    </div>
  );
}

/** The key goes with it, and a key cannot be brought back: so it is asked first. */
function RemoveButton({ remote: { id, name } }: { readonly remote: Remote }) {
  const { t } = useTranslation('remotes');
  const { client } = useApi();
  const notify = useNotify();
  const refresh = useRefreshRemotes();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => client.remotes.remove({ id }),
    onSuccess: () => notify({ text: t('list.removed', { name }) }),
    onSettled: refresh,
  });
  return (
    <>
      <Button look="quiet" disabled={remove.isPending} onClick={() => setAsking(true)}>
        {t('list.remove')} <span className="sr-only">{name}</span>
      </Button>
      {remove.error === null ? null : <FailureNotice error={toFailure(remove.error)} />}
      <ConfirmDialog
        isOpen={isAsking}
        isDanger
        title={t('list.removeTitle', { name })}
        confirmLabel={t('list.removeConfirm')}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('list.removeText')}
      </ConfirmDialog>
    </>
  );
}
