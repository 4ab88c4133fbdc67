import { useMutation } from '@tanstack/react-query';
import { KeyRound, Lock } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessState } from '../../../electron/shared/access.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { CalmPage } from './calm-page.tsx';
import { GoOnWithout } from './go-on-without.tsx';
import { PassphraseField } from './passphrase-field.tsx';

type Locked = Extract<AccessState, { state: 'locked' }>;

/** What opens the kept chats: a passphrase, or the keychain of this computer. */
export function LockedPage({ locked }: { readonly locked: Locked }) {
  const { t } = useTranslation('access');
  const isPassphrase = locked.keeping === 'passphrase';
  return (
    <CalmPage
      icon={isPassphrase ? Lock : KeyRound}
      title={t(`locked.title.${isPassphrase ? 'passphrase' : 'keychain'}`)}
      lead={t(`locked.reason.${locked.reason}`)}
    >
      {isPassphrase ? <PassphraseUnlock /> : <KeychainUnlock />}
      <GoOnWithout />
    </CalmPage>
  );
}

function PassphraseUnlock() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const [passphrase, setPassphrase] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The passphrase is kept nowhere but in this field: a mutation that is over is forgotten at once.
  const unlock = useMutation(query.access.unlock.mutationOptions({ gcTime: 0 }));
  useEffect(() => field.current?.focus(), []);
  const failure = unlock.error === null ? null : toFailure(unlock.error);
  const isWrong = failure?.code === 'access/wrong-passphrase';
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase === '' || unlock.isPending) return;
        unlock.mutate({ passphrase }, { onError: () => field.current?.select() });
      }}
    >
      <PassphraseField
        ref={field}
        label={t('passphrase.label')}
        value={passphrase}
        autoComplete="current-password"
        problem={isWrong ? t('passphrase.wrong') : null}
        onChange={setPassphrase}
      />
      {failure === null || isWrong ? null : <FailureNotice error={failure} />}
      <div className="flex items-center gap-3">
        <Button type="submit" look="accent" disabled={passphrase === '' || unlock.isPending}>
          {t('unlock')}
        </Button>
        <span role="status" className="text-sm text-soft">
          {unlock.isPending ? t('unlocking') : ''}
        </span>
      </div>
    </form>
  );
}

function KeychainUnlock() {
  const { t } = useTranslation('access');
  const { query } = useApi();
  const unlock = useMutation(query.access.unlock.mutationOptions());
  return (
    <div className="flex flex-col items-start gap-3">
      {unlock.error === null ? null : <FailureNotice error={toFailure(unlock.error)} />}
      <div className="flex items-center gap-3">
        <Button look="accent" disabled={unlock.isPending} onClick={() => unlock.mutate({})}>
          {t('tryAgain')}
        </Button>
        <span role="status" className="text-sm text-soft">
          {unlock.isPending ? t('askingKeychain') : ''}
        </span>
      </div>
    </div>
  );
}
