import { ArrowUp, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';

type SendButtonProps = { readonly isAnswering: boolean; readonly canSend: boolean; readonly onStop: () => void };

const shape = 'flex size-8 shrink-0 items-center justify-center rounded-full';

/** Sends; while an answer is being written, stops it. */
export function SendButton({ isAnswering, canSend, onStop }: SendButtonProps) {
  const { t } = useTranslation();
  if (isAnswering) {
    return (
      <button type="button" aria-label={t('composer.stop')} className={`${shape} bg-ink text-canvas`} onClick={onStop}>
        <Square aria-hidden size={11} fill="currentColor" strokeWidth={0} />
      </button>
    );
  }
  return (
    <button
      type="submit"
      aria-label={t('composer.send')}
      disabled={!canSend}
      className={`${shape} bg-accent text-on-accent hover:bg-accent-hover disabled:bg-pressed disabled:text-faint disabled:opacity-100`}
    >
      <ArrowUp aria-hidden size={17} strokeWidth={2.25} />
    </button>
  );
}
