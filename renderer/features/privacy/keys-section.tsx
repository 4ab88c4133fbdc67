import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { KeyOwner } from '../../../electron/shared/key.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useSettings } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/page.tsx';

/** Whose key is where; the keys themselves never come here. */
export function KeysSection() {
  const { t } = useTranslation('remotes');
  const { query } = useApi();
  const settings = useSettings();
  const keys = useQuery(query.keys.status.queryOptions());
  const remotes = useQuery(query.remotes.list.queryOptions());
  const error = keys.error ?? remotes.error;
  const nameOf = (owner: KeyOwner): string => {
    if (owner === 'hub')
      return t('keys.hub', { host: settings === undefined ? '' : new URL(settings.hubAddress).host });
    return remotes.data?.find(({ id }) => id === owner)?.name ?? owner;
  };
  // Nobody needs a token for models, so that none is nothing to tell.
  const shown = keys.data?.filter(({ owner, state }) => owner !== 'hub' || state !== 'missing') ?? [];
  return (
    <Section title={t('keys.title')}>
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      {keys.isSuccess && shown.length === 0 ? <p className="text-base text-soft">{t('keys.empty')}</p> : null}
      <ul className="flex flex-col">
        {shown.map(({ owner, state }) => (
          <li key={owner} className="flex items-start gap-3 border-b border-hairline py-2.5 last:border-b-0">
            <KeyRound
              aria-hidden
              size={16}
              className={`mt-1 shrink-0 ${state === 'unreachable' ? 'text-problem' : 'text-faint'}`}
            />
            <div className="min-w-0">
              <p className="text-base font-medium break-words">{nameOf(owner)}</p>
              <p className="text-sm text-soft">{t(`key.state.${state}`)}</p>
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a
          href={addressOf({ page: 'settings', section: 'privacy' })}
          className="text-base font-medium text-accent underline-offset-2 hover:underline"
        >
          {t('keys.change')}
        </a>
      </p>
    </Section>
  );
}
