import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { summaryLengthSchema, summaryStyleSchema } from '../../../electron/shared/summary.ts';
import type { Summary, SummaryRequest, SummaryStyle } from '../../../electron/shared/summary.ts';
import { toFailure } from '../../api/failure.ts';
import { useStartSummary } from '../../api/use-document-work.ts';
import { useGo } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { needsFocus, SummaryDialog } from './summary-dialog.tsx';

type StyleChoiceProps = {
  readonly summary: Summary;
  /** All summaries: one that exists is opened instead of made again. */
  readonly others: readonly Summary[];
};

/** Goes to the summary that was made like this; makes it where there is none. */
function useSummaryLike({ summary: { documentId }, others }: StyleChoiceProps) {
  const go = useGo();
  const start = useStartSummary();
  const begin = (request: SummaryRequest): void =>
    start.mutate({ documentId, request }, { onSuccess: ({ summaryId }) => go({ page: 'summary', summaryId }) });
  const choose = (request: SummaryRequest): void => {
    const existing = others.find(
      (other) =>
        other.documentId === documentId &&
        other.style === request.style &&
        other.length === request.length &&
        other.focus === request.focus &&
        other.status !== 'failed',
    );
    if (existing === undefined) begin(request);
    else go({ page: 'summary', summaryId: existing.id });
  };
  return { begin, choose, isBusy: start.isPending, error: start.error === null ? null : toFailure(start.error) };
}

/** Another style or length is another summary: the one that exists is opened, else it is made. */
export function StyleChoice({ summary, others }: StyleChoiceProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<SummaryStyle | null>(null);
  const { begin, choose, isBusy, error } = useSummaryLike({ summary, others });
  const { style, length, focus } = summary;
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={t('summary.style')}
          value={style}
          options={summaryStyleSchema.options.map((value) => ({ value, label: t(`summaryStyle.${value}`) }))}
          onChange={(value) => (needsFocus(value) ? setAsked(value) : choose({ style: value, length, focus: '' }))}
        />
        {style === 'one-sentence' ? null : (
          <Segmented
            label={t('summary.length')}
            value={length}
            options={summaryLengthSchema.options.map((value) => ({ value, label: t(`summary.lengths.${value}`) }))}
            onChange={(value) => choose({ style, length: value, focus })}
          />
        )}
        {needsFocus(style) ? (
          <Button look="quiet" onClick={() => setAsked(style)}>
            {t('summary.another')}
          </Button>
        ) : null}
      </div>
      {error === null || asked !== null ? null : <FailureNotice error={error} />}
      {asked === null ? null : (
        <SummaryDialog
          name={summary.documentName}
          initial={{ style: asked, length, focus: '' }}
          isBusy={isBusy}
          error={error}
          onStart={begin}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
