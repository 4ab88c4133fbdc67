import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../api/failure.ts';
import { useExportState, useImportChatsState } from '../../api/use-transfer.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ImportReportWords } from './import-report.tsx';

/** Exports and imports of chats on top of all pages: what is under way, and how it ended. */
export function TransferLayer() {
  return (
    <>
      <ExportLayer />
      <ImportLayer />
    </>
  );
}

/** The newest one until it was closed: the moment at which it was begun tells it from the next. */
function useUnclosed<State extends { readonly submittedAt: number }>(
  state: State | undefined,
): readonly [State | null, () => void] {
  const [closedAt, setClosedAt] = useState(0);
  if (state === undefined || state.submittedAt === 0 || state.submittedAt === closedAt) return [null, () => undefined];
  return [state, () => setClosedAt(state.submittedAt)];
}

function ExportLayer() {
  const { t } = useTranslation('transfer');
  const [state, close] = useUnclosed(useExportState());
  if (state === null || (state.status === 'error' && state.variables?.cancelling.signal.aborted)) return null;
  const words =
    state.status === 'success'
      ? t('export.done', { count: state.data?.length ?? 0, name: state.data?.[0] ?? '' })
      : t('export.running');
  return (
    <section
      aria-label={t('export.title')}
      className="fixed right-4 bottom-11 z-30 flex w-[min(400px,calc(100vw-32px))] items-start gap-3 rounded-lg bg-raised py-3 pr-2 pl-4 shadow-float"
    >
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        {state.status === 'error' ? (
          <FailureNotice error={toFailure(state.error)} />
        ) : (
          <p role="status" className="text-base break-words">
            {words}
          </p>
        )}
        {state.status === 'pending' ? <ProgressBar label={words} fraction={null} /> : null}
        {state.status === 'pending' ? (
          <div>
            <Button onClick={() => state.variables?.cancelling.abort()}>{t('cancel')}</Button>
          </div>
        ) : null}
      </div>
      {state.status === 'pending' ? null : <IconButton size="small" icon={X} label={t('close')} onClick={close} />}
    </section>
  );
}

function ImportLayer() {
  const { t } = useTranslation('transfer');
  const [state, close] = useUnclosed(useImportChatsState());
  if (state === null || (state.status === 'error' && state.variables?.cancelling.signal.aborted)) return null;
  const name = state.variables?.file.name ?? '';
  const cancel = (): void => state.variables?.cancelling.abort();
  const isPending = state.status === 'pending';
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : close())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-48px)] w-[min(480px,calc(100vw-32px))] -translate-1/2 flex-col gap-3 overflow-y-auto rounded-lg bg-raised p-5 shadow-float">
          <Dialog.Title className="text-lg font-semibold break-words">
            {isPending ? t('import.running', { name }) : t('import.title')}
          </Dialog.Title>
          {isPending ? <ProgressBar label={t('import.running', { name })} fraction={null} /> : null}
          {state.status === 'error' ? <FailureNotice error={toFailure(state.error)} /> : null}
          {state.data === undefined ? null : <ImportReportWords report={state.data} />}
          <div className="mt-2 flex justify-end gap-2">
            {isPending ? (
              <Button onClick={cancel}>{t('cancel')}</Button>
            ) : (
              <Button look="accent" onClick={close}>
                {t('close')}
              </Button>
            )}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
