import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { Remote } from '../../../electron/shared/remote.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OpenTheWay } from './open-the-way.tsx';
import { hostOf } from './remote-words.ts';
import { useRefreshRemotes } from './use-remotes.ts';

/** Whether address and key are right, found out without spending anything. */
export function RemoteTest({ remote }: { readonly remote: Remote }) {
  const { t } = useTranslation('remotes');
  const { client } = useApi();
  const errorWords = useErrorWords();
  const host = hostOf(remote.baseUrl);
  const refresh = useRefreshRemotes();
  // It may have found a better address, and knows now how much the model reads.
  const test = useMutation({ mutationFn: () => client.remotes.test({ id: remote.id }), onSettled: refresh });
  const outcome = test.data;
  const wordsOf = (found: NonNullable<typeof outcome>): string => {
    if (found.status === 'works') {
      const works = t('test.works', { host, count: found.models });
      return found.movedTo === null ? works : `${works} ${t('test.moved', { address: found.movedTo })}`;
    }
    if (found.status === 'bad-certificate') {
      return errorWords({ code: 'provider/bad-certificate', details: { host, flaw: found.flaw } });
    }
    if (found.status === 'refused') return errorWords({ code: found.code, details: { host } });
    return t(`test.${found.status}`, { host });
  };
  const isFine = outcome?.status === 'works';
  const Icon = isFine ? CircleCheck : CircleAlert;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button disabled={test.isPending} onClick={() => test.mutate()}>
          {t('test.do')} <span className="sr-only">{remote.name}</span>
        </Button>
        <p className="text-sm text-soft">{test.isPending ? t('test.running', { host }) : t('test.text', { host })}</p>
      </div>
      {test.error === null ? null : <FailureNotice error={toFailure(test.error)} />}
      <div role="status">
        {outcome === undefined || test.isPending ? null : (
          <p className="flex max-w-[66ch] items-start gap-2 text-base text-pretty">
            <Icon aria-hidden size={16} className={`mt-1 shrink-0 ${isFine ? 'text-local' : 'text-problem'}`} />
            {wordsOf(outcome)}
          </p>
        )}
      </div>
      {outcome?.status === 'refused' && outcome.code.startsWith('egress/') ? <OpenTheWay /> : null}
    </div>
  );
}
