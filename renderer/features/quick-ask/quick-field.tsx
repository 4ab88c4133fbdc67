import { ArrowUp, Square } from 'lucide-react';
import type { ClipboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { quickAskTextLimit } from '../../../electron/shared/desktop.ts';
import { pastedContext } from './quick-context.ts';
import type { QuickContext } from './quick-context.ts';

type QuickFieldProps = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly placeholder: string;
  readonly canAsk: boolean;
  readonly isBusy: boolean;
  readonly onText: (text: string) => void;
  readonly onContext: (context: QuickContext) => void;
  readonly onAsk: () => void;
  readonly onStop: () => void;
};

const round = 'mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-full';

/** The one field, with what asks or stops beside it. A long paste becomes the text that the question is about. */
export function QuickField(props: QuickFieldProps) {
  const { field, text, placeholder, canAsk, isBusy, onText, onContext, onAsk, onStop } = props;
  const { t } = useTranslation('quickAsk');
  const onPaste = (event: ClipboardEvent): void => {
    const context = pastedContext(event.clipboardData.getData('text/plain'));
    if (context === null) return;
    event.preventDefault();
    onContext(context);
  };
  return (
    <div className="drag-region flex items-start gap-3 px-5 pt-4">
      <textarea
        ref={field}
        value={text}
        rows={1}
        maxLength={quickAskTextLimit}
        aria-label={t('field')}
        placeholder={placeholder}
        className="field-sizing-content max-h-36 min-h-9 min-w-0 flex-1 resize-none bg-transparent py-1 text-[19px] leading-7 text-ink outline-none select-text"
        onChange={(event) => onText(event.target.value)}
        onPaste={onPaste}
      />
      {isBusy ? (
        <button type="button" aria-label={t('stop')} className={`${round} bg-ink text-canvas`} onClick={onStop}>
          <Square aria-hidden size={11} fill="currentColor" strokeWidth={0} />
        </button>
      ) : (
        <button
          type="button"
          aria-label={t('ask')}
          disabled={!canAsk}
          className={`${round} bg-accent text-on-accent hover:bg-accent-hover disabled:bg-pressed disabled:text-faint disabled:opacity-100`}
          onClick={onAsk}
        >
          <ArrowUp aria-hidden size={17} strokeWidth={2.25} />
        </button>
      )}
    </div>
  );
}
