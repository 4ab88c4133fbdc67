import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainIconButton } from '../../../ui/icon-button.tsx';
import { useFind } from './use-find.ts';

type FindBarProps = Parameters<typeof useFind>[0] & { readonly onClose: () => void };

/** Finds words in this conversation: Enter goes on, Escape closes and gives the focus back. */
export function FindBar({ onClose, ...options }: FindBarProps) {
  const { t } = useTranslation(['window', 'chat']);
  const field = useRef<HTMLInputElement>(null);
  const { text, setText, count, place, isLooking, step } = useFind(options);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && count > 0 && !event.nativeEvent.isComposing) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
  };
  const found =
    text.trim() === '' || (isLooking && count === 0)
      ? ''
      : count === 0
        ? t('chat:find.none')
        : t('chat:find.place', { place, count });
  return (
    // Escape closes it from every button in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div role="search" className="find-bar flex items-center gap-1 px-4 py-1.5" onKeyDown={onKeyDown}>
      <div className="mx-auto flex w-full max-w-[600px] items-center gap-1 rounded-lg bg-raised py-1 pr-1 pl-3 shadow-card ring-1 ring-edge">
        <input
          ref={field}
          type="text"
          value={text}
          data-find
          aria-label={t('chat:find.label')}
          placeholder={t('chat:find.label')}
          className="h-7 min-w-0 flex-1 bg-transparent text-base outline-none"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span role="status" className="numeric shrink-0 px-1 text-sm text-soft">
          {found}
        </span>
        <PlainIconButton
          icon={ChevronUp}
          label={t('chat:find.previous')}
          disabled={count === 0}
          onClick={() => step(-1)}
        />
        <PlainIconButton
          icon={ChevronDown}
          label={t('chat:find.next')}
          disabled={count === 0}
          onClick={() => step(1)}
        />
        <PlainIconButton icon={X} label={t('action.close')} onClick={onClose} />
      </div>
    </div>
  );
}
