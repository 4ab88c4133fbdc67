import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

type EditQuestionProps = {
  readonly text: string;
  readonly onSend: (text: string) => void;
  readonly onGiveUp: () => void;
};

/** A question in its place, to be asked in other words: Enter sends, Escape gives up. */
export function EditQuestion({ text: before, onSend, onGiveUp }: EditQuestionProps) {
  const { t } = useTranslation(['window', 'chat']);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(before);
  const wanted = text.trim();
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(before.length, before.length);
  }, [before]);
  const send = (): void => (wanted === '' ? undefined : wanted === before.trim() ? onGiveUp() : onSend(wanted));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // It would stop an answer that is being written.
      event.preventDefault();
      onGiveUp();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      className="mb-6 flex w-full flex-col rounded-xl bg-raised shadow-card ring-1 ring-edge focus-within:ring-[1.5px] focus-within:ring-accent/55"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        value={text}
        rows={1}
        aria-label={t('chat:edit.label')}
        className="field-sizing-content max-h-[50vh] resize-none bg-transparent px-4 pt-3 pb-1 text-[16px] leading-[1.5] outline-none select-text"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex flex-wrap items-center justify-end gap-2 p-2">
        <span className="min-w-0 flex-1 truncate pl-2 text-xs text-faint">{t('chat:edit.kept')}</span>
        <Button look="quiet" onClick={onGiveUp}>
          {t('action.cancel')}
        </Button>
        <Button look="accent" type="submit" disabled={wanted === ''}>
          {t('composer.send')}
        </Button>
      </div>
    </form>
  );
}
