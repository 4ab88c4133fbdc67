import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { mostRemotes } from '../../../electron/shared/remote.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddRemoteDialog } from './add-remote-dialog.tsx';
import { RemoteCard } from './remote-card.tsx';
import { useRemoteList } from './use-remotes.ts';

/** The large models that were set up, and the way to one more. */
export function RemoteList() {
  const { t } = useTranslation('remotes');
  const list = useRemoteList();
  const [isAdding, setAdding] = useState(false);
  if (list.error !== null) return <FailureNotice error={toFailure(list.error)} />;
  if (list.isPending) return <Skeleton lines={2} />;
  const remotes = list.data;
  const isFull = remotes.length >= mostRemotes;
  return (
    <div className="flex flex-col gap-3">
      {remotes.length === 0 ? <p className="max-w-[62ch] text-base text-pretty text-soft">{t('list.empty')}</p> : null}
      <ul className="flex flex-col gap-3">
        {remotes.map((remote) => (
          <RemoteCard key={remote.id} remote={remote} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button disabled={isFull} onClick={() => setAdding(true)}>
          <Plus aria-hidden size={15} /> {t('list.add')}
        </Button>
        {isFull ? <p className="text-sm text-soft">{t('list.limit', { count: mostRemotes })}</p> : null}
      </div>
      {isAdding ? (
        <AddRemoteDialog remotes={remotes} onAdded={() => setAdding(false)} onClose={() => setAdding(false)} />
      ) : null}
    </div>
  );
}
