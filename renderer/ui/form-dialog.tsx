import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

type FormDialogProps = {
  readonly title: string;
  readonly text: string;
  readonly submitLabel: string;
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A few fields over the page, with one thing to do at the end. */
export function FormDialog({ title, text, submitLabel, canSubmit, onSubmit, onClose, children }: FormDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-48px)] w-[min(480px,calc(100vw-32px))] -translate-1/2 flex-col rounded-lg bg-raised p-5 shadow-float outline-none">
          <div className="flex items-center justify-between gap-2">
            <Dialog.Title className="min-w-0 truncate text-lg font-semibold">{title}</Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <Dialog.Description className="text-base text-soft">{text}</Dialog.Description>
          <form
            className="flex min-h-0 flex-col gap-4 pt-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (canSubmit) onSubmit();
            }}
          >
            {children}
            <div className="flex flex-wrap justify-end gap-2">
              <Dialog.Close render={<Button />}>{t('action.cancel')}</Dialog.Close>
              <Button type="submit" look="accent" className="max-w-full" disabled={!canSubmit}>
                <span className="truncate">{submitLabel}</span>
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
