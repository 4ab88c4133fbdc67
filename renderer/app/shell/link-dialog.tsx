import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

type LinkDialogProps = { readonly address: string | null; readonly onClose: () => void };

/** The host that would really be asked, whatever the text of the link says. */
function hostOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return protocol === 'mailto:' ? pathname : host;
}

/** An address that is not encrypted is shown and can be copied; the app opens none. */
const isUnencrypted = (address: string | null): boolean => address !== null && /^http:/i.test(address);

/** Before anything of an answer opens outside the app: shows where it goes, and asks. */
export function LinkDialog({ address, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const notify = useNotify();
  const words = useErrorWords();
  const open = useMutation(
    query.app.openExternal.mutationOptions({
      onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
    }),
  );
  const isCopied = isUnencrypted(address);
  const confirm = (): void => {
    if (address === null) return;
    if (isCopied) void navigator.clipboard.writeText(address);
    else open.mutate({ url: address });
  };
  return (
    <ConfirmDialog
      isOpen={address !== null}
      title={t('link.title')}
      confirmLabel={t(isCopied ? 'link.copyAddress' : 'link.open')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t(isCopied ? 'link.notEncrypted' : 'link.explain')}</p>
      <p className="selectable mt-3 text-lg font-semibold break-all text-ink">{hostOf(address ?? '')}</p>
      <p className="selectable mt-0.5 max-h-24 overflow-y-auto font-mono text-xs break-all">{address}</p>
    </ConfirmDialog>
  );
}
