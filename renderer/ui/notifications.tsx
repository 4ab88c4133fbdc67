import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Notification = {
  readonly text: string;
  readonly isProblem?: boolean;
  readonly action?: { readonly label: string; readonly onChoose: () => void };
};

const shownMs = 6_000;
const problemShownMs = 12_000;

/** Says something at the foot of the window for a while, with one thing to do about it. */
export function useNotify(): (notification: Notification) => void {
  const manager = Toast.useToastManager();
  return ({ text, isProblem = false, action }) => {
    const id = manager.add({
      description: text,
      type: isProblem ? 'problem' : 'plain',
      priority: isProblem ? 'high' : 'low',
      timeout: isProblem ? problemShownMs : shownMs,
      ...(action === undefined
        ? {}
        : {
            actionProps: {
              children: action.label,
              onClick: () => {
                action.onChoose();
                manager.close(id);
              },
            },
          }),
    });
  };
}

export function Notifications({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('shell.notifications')}
          className="pointer-events-none fixed inset-x-0 bottom-10 z-50 mx-auto flex w-[min(480px,calc(100vw-32px))] flex-col gap-2"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="toast pointer-events-auto rounded-lg bg-raised py-2 pr-2 pl-4 text-base text-ink shadow-float data-[limited]:hidden data-[type=problem]:bg-problem-wash"
    >
      <Toast.Content className="flex items-center gap-3">
        <Toast.Description className="min-w-0 flex-1 break-words" />
        <Toast.Action className="h-8 shrink-0 rounded-md px-2.5 font-medium text-accent hover:bg-hover" />
        <Toast.Close
          aria-label={t('action.close')}
          className="flex size-8 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden size={14} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
