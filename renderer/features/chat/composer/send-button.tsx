import { ArrowUp, ListPlus, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';

type SendButtonProps = { readonly isAnswering: boolean; readonly canSend: boolean; readonly onStop: () => void };

const shape = 'flex size-8 shrink-0 items-center justify-center rounded-full';

/** Sends; while an answer is being written, stops it, or lets what was written wait for its end. */
export function SendButton({ isAnswering, canSend, onStop }: SendButtonProps) {
  const { t } = useTranslation(['window', 'chat']);
  const submit = (
    <button
      type="submit"
      aria-label={isAnswering ? t('chat:queue.add') : t('composer.send')}
      disabled={!canSend}
      className={`${shape} bg-accent text-on-accent hover:bg-accent-hover disabled:bg-pressed disabled:text-faint disabled:opacity-100`}
    >
      {isAnswering ? <ListPlus aria-hidden size={16} /> : <ArrowUp aria-hidden size={17} strokeWidth={2.25} />}
    </button>
  );
  if (!isAnswering) return submit;
  return (
    <>
      {canSend ? submit : null}
      <button type="button" aria-label={t('composer.stop')} className={`${shape} bg-ink text-canvas`} onClick={onStop}>
        <Square aria-hidden size={11} fill="currentColor" strokeWidth={0} />
      </button>
    </>
  );
}
