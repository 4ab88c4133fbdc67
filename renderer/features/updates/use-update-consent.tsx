import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsPatch } from '../../../electron/shared/settings.ts';
import { toFailure } from '../../api/failure.ts';
import { useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notifications.tsx';

type Pending = { readonly patch: SettingsPatch; readonly run: () => void };

/** What is asked for: a newer version of the app, or a library that is too large for it. */
type Wanted = 'updates' | 'enginePack';

/**
 * Runs what asks for updates: at once where a person has agreed, else after they were told what is asked of whom. `patch` is
 * stored with the yes. The dialog belongs on the page.
 */
export function useUpdateConsent(
  host: string,
  wanted: Wanted = 'updates',
): {
  readonly ask: (patch: SettingsPatch, run: () => void) => void;
  readonly dialog: ReactElement;
} {
  const { t } = useTranslation('desktop');
  const settings = useSettings();
  const update = useUpdateSettings();
  const notify = useNotify();
  const words = useErrorWords();
  const [pending, setPending] = useState<Pending | null>(null);
  const store = (patch: SettingsPatch, run: () => void): void =>
    update.mutate(patch, {
      onSuccess: run,
      onError: (error) => notify({ text: words(toFailure(error)), isProblem: true }),
    });
  const ask = (patch: SettingsPatch, run: () => void): void => {
    const isAllowed = settings?.isOffline === false && settings.allowedPurposes.includes('update-check');
    if (!isAllowed) setPending({ patch, run });
    else if (Object.keys(patch).length > 0) store(patch, run);
    else run();
  };
  const allow = (): void => {
    if (settings === undefined || pending === null) return;
    const allowedPurposes = [...new Set([...settings.allowedPurposes, 'update-check' as const])];
    store({ ...pending.patch, isOffline: false, allowedPurposes }, pending.run);
  };
  const dialog = (
    <ConfirmDialog
      isOpen={pending !== null}
      title={t(`${wanted}.consent.title`, { host })}
      confirmLabel={t('updates.consent.allow')}
      onConfirm={allow}
      onClose={() => setPending(null)}
    >
      <ul className="flex list-disc flex-col gap-1.5 pt-1 pl-4 text-pretty marker:text-faint">
        <li>{t(`${wanted}.consent.asks`, { host })}</li>
        <li>{t('updates.consent.sends')}</li>
        <li>{t('updates.consent.click')}</li>
        {settings?.isOffline === true ? <li>{t('updates.consent.lock')}</li> : null}
      </ul>
    </ConfirmDialog>
  );
  return { ask, dialog };
}
