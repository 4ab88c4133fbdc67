import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../../electron/shared/ids.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachmentChips } from './attachment-chips.tsx';
import { ModelPicker } from './model-picker.tsx';
import { SendButton } from './send-button.tsx';

type ComposerProps = {
  readonly text: string;
  readonly documentIds: readonly DocumentId[];
  readonly isAnswering: boolean;
  readonly isSending: boolean;
  readonly isDisabled?: boolean;
  readonly onText: (text: string) => void;
  readonly onDocuments: (documentIds: readonly DocumentId[]) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
};

/** Where a person writes: grows with the text; Enter sends, Shift+Enter breaks the line. */
export function Composer(props: ComposerProps) {
  const { text, documentIds, isAnswering, isSending, isDisabled = false, onText, onDocuments, onSend, onStop } = props;
  const { t } = useTranslation();
  const hintId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  // A page is told of its arrival before it is drawn, so the field takes the focus itself.
  useEffect(() => field.current?.focus(), []);
  const canSend = !isDisabled && !isAnswering && !isSending && text.trim() !== '';
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes a character, Enter chooses it.
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    if (canSend) onSend();
  };
  return (
    <form
      className="flex flex-col rounded-xl bg-raised shadow-card ring-1 ring-edge focus-within:ring-[1.5px] focus-within:ring-accent/55"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend();
      }}
    >
      <AttachmentChips documentIds={documentIds} onChange={onDocuments} />
      <textarea
        ref={field}
        data-composer
        value={text}
        rows={1}
        disabled={isDisabled}
        aria-label={t('composer.label')}
        aria-describedby={hintId}
        placeholder={documentIds.length > 0 ? t('composer.askDocuments') : t('composer.placeholder')}
        className="field-sizing-content max-h-[40vh] min-h-12 resize-none bg-transparent px-4 pt-3.5 pb-1 text-[16px] leading-[1.5] text-ink outline-none select-text"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex items-center gap-1 p-2">
        <AttachButton documentIds={documentIds} onChange={onDocuments} />
        <ModelPicker />
        <span className="min-w-0 flex-1" />
        <span id={hintId} className="truncate pr-1 text-xs text-faint max-sm:sr-only">
          {isAnswering ? t('composer.hintStop') : t('composer.hintSend')}
        </span>
        <SendButton isAnswering={isAnswering} canSend={canSend} onStop={onStop} />
      </div>
    </form>
  );
}
