import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepingSchema } from '../../../electron/shared/access.ts';
import type { Keeping, KeepingChoice, KeychainState } from '../../../electron/shared/access.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useAccess } from '../../api/use-live.ts';
import { classNames } from '../../ui/class-names.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ConfirmKeeping } from './confirm-keeping.tsx';
import { OpenSavedChats } from './open-saved-chats.tsx';

const offered: readonly Keeping[] = ['keychain', 'passphrase', 'session-only'];

/** The three ways to keep chats; choosing another moves what is open along. */
export function KeepingChooser() {
  const { t } = useTranslation('access');
  const { query, queryClient } = useApi();
  const access = useAccess();
  const keychain = useQuery(query.access.keychain.queryOptions({ staleTime: 0 })).data;
  const [wanted, setWanted] = useState<Keeping | null>(null);
  const keep = useMutation(
    query.access.keep.mutationOptions({
      // What was chosen may hold a passphrase; nothing of it stays.
      gcTime: 0,
      onSuccess: () => {
        setWanted(null);
        keep.reset();
        void queryClient.invalidateQueries({ queryKey: query.conversations.key() });
      },
    }),
  );
  if (access?.state !== 'open') return null;
  const current = access.isChosen ? access.keeping : null;
  const choose = (choice: KeepingChoice): void => keep.mutate(choice);
  const want = (keeping: Keeping): void => {
    keep.reset();
    setWanted(keeping === current ? null : keeping);
  };
  return (
    <div className="flex flex-col gap-2">
      <RadioGroup
        aria-label={t('keeping.label')}
        value={wanted ?? current ?? ''}
        // What is kept beside this session stays as it is: nothing here may take its place.
        disabled={keep.isPending || access.isReadOnly || access.isBesideKept}
        onValueChange={(value) => want(keepingSchema.parse(value))}
        className="flex flex-col gap-1.5"
      >
        {offered.map((keeping) => (
          <Way key={keeping} keeping={keeping} obstacle={obstacleOf(keeping, keychain)} />
        ))}
      </RadioGroup>
      {access.isBesideKept ? (
        <p className="text-sm text-soft">
          {t('notice.beside')} <OpenSavedChats />
        </p>
      ) : null}
      {keep.error === null ? null : <FailureNotice error={toFailure(keep.error)} />}
      {wanted === null ? null : (
        <ConfirmKeeping
          key={wanted}
          from={access.keeping}
          to={wanted}
          isBusy={keep.isPending}
          onChoose={choose}
          onCancel={() => want(access.keeping)}
        />
      )}
    </div>
  );
}

type Obstacle = 'no-library' | 'no-service' | 'denied' | 'no-answer' | 'asking';

/** Why a way cannot be chosen on this computer now; null when it can. */
function obstacleOf(keeping: Keeping, keychain: KeychainState | undefined): Obstacle | null {
  if (keeping !== 'keychain') return null;
  if (keychain === undefined) return 'asking';
  return keychain.state === 'available' ? null : keychain.reason;
}

function Way({ keeping, obstacle }: { readonly keeping: Keeping; readonly obstacle: Obstacle | null }) {
  const { t } = useTranslation('access');
  const isOff = obstacle !== null;
  return (
    // The radio inside is the control; the whole row is its label.
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control
    <label
      className={classNames(
        'flex items-start gap-3 rounded-lg px-3.5 py-3 ring-1 ring-hairline has-[[data-checked]]:bg-accent-wash has-[[data-checked]]:ring-accent',
        !isOff && 'hover:bg-hover',
      )}
    >
      <Radio.Root
        value={keeping}
        disabled={isOff}
        className="mt-px flex size-[18px] shrink-0 items-center justify-center rounded-full bg-raised ring-[1.5px] ring-edge ring-inset data-[checked]:bg-accent data-[checked]:ring-accent data-[disabled]:bg-hover"
      >
        <Radio.Indicator className="size-[7px] rounded-full bg-on-accent" />
      </Radio.Root>
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className={classNames('text-base font-medium', isOff && 'text-soft')}>{t(`way.${keeping}.title`)}</span>
        <span className="text-sm text-pretty text-soft">
          {isOff ? t(`obstacle.${obstacle}`) : t(`way.${keeping}.text`)}
        </span>
      </span>
    </label>
  );
}
