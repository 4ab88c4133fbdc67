import { useEffect, useEffectEvent, useRef } from 'react';
import type { RefObject } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useWindowRequests } from '../../api/use-desktop.ts';

type FreshStart = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The window goes away for a moment to look at the app in front, and is the same afterwards. */
  readonly isTaking: boolean;
  /** Called each time the window comes to the front; `typed` is what was typed since. */
  readonly onFresh: (typed: string) => void;
};

/**
 * The window comes back as if it were new. Keys can be quicker than the news of it: whatever lies in the field when the
 * window goes is selected, so that the first key replaces it, and what is typed from then on stays.
 */
export function useFreshStart({ field, isTaking, onFresh }: FreshStart): { readonly noteTyping: () => void } {
  const isWindow = useApi().door.kind === 'desktop';
  const hasTyped = useRef(false);
  const leave = useEffectEvent((): void => {
    if (!isWindow || isTaking) return;
    hasTyped.current = false;
    field.current?.focus();
    field.current?.select();
  });
  useEffect(() => {
    const onBlur = (): void => leave();
    window.addEventListener('blur', onBlur);
    return () => window.removeEventListener('blur', onBlur);
  }, []);
  useWindowRequests('quick-ask', ({ type }) => {
    if (type !== 'quick-ask-shown') return;
    field.current?.focus();
    if (!isTaking) onFresh(hasTyped.current ? (field.current?.value ?? '') : '');
  });
  return { noteTyping: () => (hasTyped.current = true) };
}
