import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import { summaryLengthSchema, summaryStyleSchema } from '../../../electron/shared/summary.ts';
import type { SummaryRequest, SummaryStyle } from '../../../electron/shared/summary.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea } from '../../ui/text-field.tsx';

const focusLimit = 2_000;

/** Styles that nobody can begin without a line of what is wanted. */
export function needsFocus(style: SummaryStyle): style is 'question' | 'instructions' {
  return style === 'question' || style === 'instructions';
}

type SummaryDialogProps = {
  /** Name of the document. */
  readonly name: string;
  readonly initial: SummaryRequest;
  readonly isBusy: boolean;
  /** What kept it from beginning. */
  readonly error: AppErrorData | null;
  readonly onStart: (request: SummaryRequest) => void;
  readonly onClose: () => void;
};

/** What kind of summary, how long, and to which question. */
export function SummaryDialog({ name, initial, isBusy, error, onStart, onClose }: SummaryDialogProps) {
  const { t } = useTranslation();
  const [request, setRequest] = useState(initial);
  const { style, length, focus } = request;
  const [hasTried, setTried] = useState(false);
  const isMissing = needsFocus(style) && focus.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isMissing && !isBusy) onStart({ style, length, focus: needsFocus(style) ? focus.trim() : '' });
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-32px)] w-[min(560px,calc(100vw-32px))] -translate-1/2 flex-col gap-4 overflow-y-auto rounded-xl bg-raised p-5 shadow-float">
          <div className="flex items-start gap-3">
            <Dialog.Title className="min-w-0 flex-1 text-lg leading-[1.4] font-semibold break-words">
              {t('summary.startNamed', { name })}
            </Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <form className="flex flex-col gap-4" onSubmit={submit}>
            <RequestFields
              request={request}
              problem={hasTried && isMissing ? t('summary.focusMissing') : null}
              onChange={setRequest}
            />
            {error === null ? null : <FailureNotice error={error} />}
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="flex-1 basis-64 text-sm text-pretty text-faint">{t('summary.waitNote')}</p>
              <div className="ml-auto flex gap-2">
                <Dialog.Close render={<Button />}>{t('action.cancel')}</Dialog.Close>
                <Button type="submit" look="accent" disabled={isBusy}>
                  {t('summary.start')}
                </Button>
              </div>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type RequestFieldsProps = {
  readonly request: SummaryRequest;
  /** What is wrong with the question or the instructions. */
  readonly problem: string | null;
  readonly onChange: (request: SummaryRequest) => void;
};

function RequestFields({ request, problem, onChange }: RequestFieldsProps) {
  const { t } = useTranslation();
  const { style, length, focus } = request;
  return (
    <>
      <div className="flex flex-col items-start gap-1.5">
        <Segmented
          label={t('summary.style')}
          value={style}
          options={summaryStyleSchema.options.map((value) => ({ value, label: t(`summaryStyle.${value}`) }))}
          onChange={(value) => onChange({ ...request, style: value })}
        />
        <p className="text-sm text-soft">{t(`summary.styleText.${style}`)}</p>
      </div>
      {needsFocus(style) ? (
        <TextArea
          label={t(`summary.${style}`)}
          hint={t(`summary.${style}Example`)}
          value={focus}
          maxLength={focusLimit}
          problem={problem}
          onChange={(value) => onChange({ ...request, focus: value })}
        />
      ) : null}
      {style === 'one-sentence' ? null : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span aria-hidden className="text-base font-medium">
            {t('summary.length')}
          </span>
          <Segmented
            label={t('summary.length')}
            value={length}
            options={summaryLengthSchema.options.map((value) => ({
              value,
              label: t(`summary.lengths.${value}`),
            }))}
            onChange={(value) => onChange({ ...request, length: value })}
          />
        </div>
      )}
    </>
  );
}
