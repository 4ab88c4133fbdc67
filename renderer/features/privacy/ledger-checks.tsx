import { useMutation } from '@tanstack/react-query';
import { Download, Link2, Link2Off } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ledgerEntryIdSchema } from '../../../electron/shared/ids.ts';
import type { LedgerCheck } from '../../../electron/shared/ledger-query.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { saveFile } from '../../api/save-file.ts';
import { addressOf } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

const fileName = 'sotto-ledger.jsonl';

/** Computes the chain anew, and gives the ledger out as a file. */
export function LedgerChecks() {
  const { t } = useTranslation('remotes');
  const { client } = useApi();
  const verify = useMutation({ mutationFn: () => client.privacy.verify() });
  const save = useMutation({
    mutationFn: async () => {
      const parts: string[] = [];
      for await (const line of await client.privacy.exportLines()) parts.push(`${line}\n`);
      saveFile(fileName, parts, 'application/x-ndjson');
    },
  });
  const error = verify.error ?? save.error;
  return (
    <div className="flex flex-col gap-3 pt-2">
      <div className="flex flex-wrap gap-2">
        <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
          <Link2 aria-hidden size={15} /> {t('ledger.verify')}
        </Button>
        <Button disabled={save.isPending} onClick={() => save.mutate()}>
          <Download aria-hidden size={15} /> {t('ledger.export')}
        </Button>
      </div>
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <div role="status" className="flex flex-col gap-1 text-base">
        {verify.isPending ? <p className="text-soft">{t('ledger.verifying')}</p> : null}
        {verify.data === undefined ? null : <Outcome check={verify.data} />}
        {save.isSuccess ? <p className="text-soft">{t('ledger.exported', { name: fileName })}</p> : null}
      </div>
    </div>
  );
}

function Outcome({ check }: { readonly check: LedgerCheck }) {
  const { t, i18n } = useTranslation('remotes');
  const number = new Intl.NumberFormat(i18n.language);
  if (check.status === 'whole') {
    const { entries, unchained } = check;
    return (
      <p className="flex items-start gap-2">
        <Link2 aria-hidden size={16} className="mt-1 shrink-0 text-local" />
        <span>
          {t('ledger.whole', { count: entries, entries: number.format(entries) })}
          {unchained === 0
            ? null
            : ` ${t('ledger.unchainedCount', { count: unchained, entries: number.format(unchained) })}`}
        </span>
      </p>
    );
  }
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeStyle: 'short' });
  const id = ledgerEntryIdSchema.safeParse(check.entryId);
  return (
    <p className="flex items-start gap-2">
      <Link2Off aria-hidden size={16} className="mt-1 shrink-0 text-problem" />
      <span>
        {check.entries === 0 && !id.success
          ? t('ledger.brokenEmpty')
          : t('ledger.broken', { time: time.format(check.at), entries: number.format(check.entries) })}{' '}
        {id.success ? (
          <a
            href={addressOf({ page: 'privacy', entryId: id.data })}
            className="font-medium text-accent underline-offset-2 hover:underline"
          >
            {t('ledger.brokenOpen')}
          </a>
        ) : null}
      </span>
    </p>
  );
}
