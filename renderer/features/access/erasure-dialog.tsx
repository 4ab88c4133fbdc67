import { Dialog } from '@base-ui/react/dialog';
import { useTranslation } from 'react-i18next';
import type { ErasureReport } from '../../../electron/shared/access.ts';
import { Button } from '../../ui/button.tsx';
import { ErasureFacts } from './erase-everything.tsx';

type ErasureDialogProps = { readonly report: ErasureReport; readonly onClose: () => void };

/** What is gone, as it was checked after the erasure. */
export function ErasureDialog({ report, onClose }: ErasureDialogProps) {
  const { t } = useTranslation('access');
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="popup fixed top-1/2 left-1/2 z-50 flex w-[min(460px,calc(100vw-32px))] -translate-1/2 flex-col gap-3 rounded-lg bg-raised p-5 shadow-float">
          <Dialog.Title className="text-lg font-semibold">{t('erased.title')}</Dialog.Title>
          <ErasureFacts report={report} />
          <div className="mt-2 flex justify-end">
            <Dialog.Close render={<Button look="accent" />}>{t('close')}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
