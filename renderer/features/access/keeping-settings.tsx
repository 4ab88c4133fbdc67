import { useTranslation } from 'react-i18next';
import { useAccess, useDescription } from '../../api/use-live.ts';
import { ChangePassphrase } from './change-passphrase.tsx';
import { KeepingChooser } from './keeping-chooser.tsx';

/** How chats are kept now, in words, and the ways to change it. */
export function KeepingSettings() {
  const { t } = useTranslation(['access', 'window']);
  const access = useAccess();
  const description = useDescription();
  if (access?.state !== 'open') return null;
  const { keeping } = access;
  return (
    <div className="flex flex-col gap-4 py-3">
      <div className="flex flex-col gap-0.5">
        <p className="text-base font-medium">{t(`window:keeping.${keeping}.short`)}</p>
        <p className="max-w-[62ch] text-sm text-soft">{t(`window:keeping.${keeping}.long`)}</p>
        {description === undefined || keeping === 'session-only' ? null : (
          <p className="text-sm text-faint">
            {t('window:privacy.dataFolder')}{' '}
            <code className="selectable font-mono text-xs break-all">{description.dataFolder}</code>
          </p>
        )}
      </div>
      <KeepingChooser />
      {keeping === 'passphrase' ? (
        <div className="flex flex-wrap gap-2">
          <ChangePassphrase />
        </div>
      ) : null}
    </div>
  );
}
