import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { addressOf } from '../../lib/destination.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Parts of the app that have a name for people; the rest is shown as it stands in the ledger. */
const namedAskers = ['models', 'cloud', 'updates'] as const;

/** Counts to the byte, because somebody may compare them with what a monitor counted. */
function useExactBytes(): (bytes: number) => string {
  const { i18n } = useTranslation();
  const exact = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'byte', unitDisplay: 'long' });
  return (bytes) =>
    bytes < 1_000 ? exact.format(bytes) : `${formatBytes(bytes, i18n.language)} (${exact.format(bytes)})`;
}

/** Everything that the ledger has of one request. */
export function LedgerDetails({ entry }: { readonly entry: LedgerEntry }) {
  const { t, i18n } = useTranslation(['remotes', 'window']);
  const bytes = useExactBytes();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
  const number = new Intl.NumberFormat(i18n.language);
  const asker = namedAskers.find((name) => name === entry.askedBy);
  const { inputTokens, outputTokens, costMicroDollars, conversationId } = entry;
  const hasTokens = inputTokens !== null || outputTokens !== null;
  const cost = costMicroDollars === null ? t('ledger.unknown') : moneyWords(costMicroDollars, i18n.language);
  const count = (tokens: number | null): string => (tokens === null ? t('ledger.unknown') : number.format(tokens));
  return (
    <div className="flex flex-col gap-3 pt-1 pb-4">
      <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 gap-y-1 text-sm">
        <Fact name={t('ledger.field.time')}>{time.format(entry.at)}</Fact>
        <Fact name={t('ledger.field.host')}>{entry.host}</Fact>
        <Fact name={t('ledger.field.purpose')}>{t(`window:purpose.${entry.purpose}`)}</Fact>
        <Fact name={t('ledger.field.askedBy')}>{asker === undefined ? entry.askedBy : t(`ledger.asker.${asker}`)}</Fact>
        <Fact name={t('ledger.field.outcome')}>{t(`window:outcome.${entry.outcome}`)}</Fact>
        <Fact name={t('ledger.field.sent')}>{bytes(entry.bytesSent)}</Fact>
        <Fact name={t('ledger.field.received')}>{bytes(entry.bytesReceived)}</Fact>
        {entry.purpose === 'provider' ? (
          <>
            <Fact name={t('ledger.field.tokens')}>
              {hasTokens
                ? t('ledger.tokensText', { input: count(inputTokens), output: count(outputTokens) })
                : t('ledger.unknown')}
            </Fact>
            <Fact name={t('ledger.field.cost')}>
              {entry.outcome === 'pending' && costMicroDollars !== null ? t('ledger.costAtMost', { cost }) : cost}
            </Fact>
          </>
        ) : null}
        <Fact name={t('ledger.field.hash')}>
          {entry.bodyHash === null ? t('ledger.noBody') : <Hash hash={entry.bodyHash} />}
        </Fact>
        <Fact name={t('ledger.field.chain')}>
          {entry.chainHash === '' ? t('ledger.unchained') : <Hash hash={entry.chainHash} />}
        </Fact>
        <Fact name={t('ledger.field.id')}>
          <code className="font-mono text-xs break-all">{entry.id}</code>
        </Fact>
        {conversationId === null ? null : (
          <Fact name={t('ledger.field.conversation')}>
            <a
              href={addressOf({ page: 'chat', conversationId })}
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {t('ledger.openChat')}
            </a>
          </Fact>
        )}
      </dl>
      {entry.bodyHash === null ? null : <SentBody entry={entry} />}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="selectable min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}

function Hash({ hash }: { readonly hash: string }) {
  const { t } = useTranslation('remotes');
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 font-mono text-xs break-all">{hash}</code>
      <CopyButton text={hash} label={t('ledger.copyHash')} />
    </span>
  );
}

/** The very text that was sent, asked for when somebody wants to see it. */
function SentBody({ entry }: { readonly entry: LedgerEntry }) {
  const { t } = useTranslation('remotes');
  const { query } = useApi();
  const [isWanted, setWanted] = useState(false);
  const body = useQuery(
    // What was sent does not stay in the memory of the window longer than it is looked at.
    query.privacy.sentBody.queryOptions({ input: { id: entry.id }, enabled: isWanted, gcTime: 0 }),
  );
  if (!isWanted) {
    return (
      <div>
        <Button onClick={() => setWanted(true)}>{t('ledger.showBody')}</Button>
      </div>
    );
  }
  if (body.error !== null) return <FailureNotice error={toFailure(body.error)} />;
  if (body.isPending) return <Skeleton lines={2} />;
  if (body.data === null) return <p className="max-w-[62ch] text-sm text-soft">{t('ledger.bodyNotKept')}</p>;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-center gap-1 text-sm text-faint">
        {t('ledger.body')} <CopyButton text={body.data} label={t('ledger.copyBody')} />
      </p>
      <pre
        // What scrolls is reached by the keyboard too.
        role="group"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={t('ledger.body')}
        className="selectable max-h-96 overflow-auto rounded-md bg-hover p-3 font-mono text-xs break-words whitespace-pre-wrap"
      >
        {body.data}
      </pre>
    </div>
  );
}
