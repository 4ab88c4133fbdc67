import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EgressPurpose } from '../../../electron/shared/ledger-entry.ts';
import type { Settings } from '../../../electron/shared/settings.ts';
import { toFailure } from '../../api/failure.ts';
import { useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { ConsentContext } from '../../lib/consent.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

/** A model cannot be downloaded without being looked up, so that both are one question. */
const purposes: readonly EgressPurpose[] = ['model-search', 'model-download'];

const isAllowed = ({ isOffline, allowedPurposes }: Settings): boolean =>
  !isOffline && purposes.every((purpose) => allowedPurposes.includes(purpose));

/** Asks once, before anything of models leaves this computer: what is asked, of whom, and what is sent along. */
export function ModelConsent({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('models');
  const settings = useSettings();
  const update = useUpdateSettings();
  const notify = useNotify();
  const words = useErrorWords();
  const [waiting, setWaiting] = useState<{ readonly run: () => void } | null>(null);
  const consent = useMemo(
    () => (run: () => void) => {
      if (settings !== undefined && isAllowed(settings)) run();
      else setWaiting({ run });
    },
    [settings],
  );
  const host = settings === undefined ? '' : new URL(settings.hubAddress).host;
  const allow = (): void => {
    if (settings === undefined || waiting === null) return;
    update.mutate(
      { isOffline: false, allowedPurposes: [...new Set([...settings.allowedPurposes, ...purposes])] },
      {
        onSuccess: waiting.run,
        onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
      },
    );
  };
  return (
    <ConsentContext value={consent}>
      {children}
      <ConfirmDialog
        isOpen={waiting !== null}
        title={t('consent.title', { host })}
        confirmLabel={t('consent.allow')}
        onConfirm={allow}
        onClose={() => setWaiting(null)}
      >
        <ul className="flex list-disc flex-col gap-1.5 pt-1 pl-4 text-pretty marker:text-faint">
          <li>{t('consent.asks', { host })}</li>
          <li>{t('consent.sends')}</li>
          <li>{t('consent.token', { host })}</li>
          <li>{t('consent.lock')}</li>
        </ul>
      </ConfirmDialog>
    </ConsentContext>
  );
}
