import { useEffect, useEffectEvent, useRef } from 'react';
import type { RefObject } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useWindowRequests } from '../../api/use-desktop.ts';

type FreshStart = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The window goes away for a moment to look at the app in front, and is the same afterwards. */
  readonly isTaking: boolean;
  /** Called once for each time that the window comes to the front. */
  readonly onFresh: () => void;
};

/**
 * The window comes back as if it were new. Keys can be quicker than the news of it: whatever lies in the field when the
 * window goes is selected, so that the first key replaces it. The first thing that is done makes the window new if the
 * news has not, and nothing that was done since is lost to the news.
 */
export function useFreshStart({ field, isTaking, onFresh }: FreshStart): {
  /** Call it before anything is written, taken or asked; true for the first since the window came. */
  readonly noteAct: () => boolean;
} {
  const isWindow = useApi().door.kind === 'desktop';
  const hasActed = useRef(false);
  const leave = useEffectEvent((): void => {
    if (!isWindow || isTaking) return;
    hasActed.current = false;
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
    if (!isTaking && !hasActed.current) onFresh();
  });
  const noteAct = (): boolean => {
    if (hasActed.current) return false;
    hasActed.current = true;
    onFresh();
    return true;
  };
  return { noteAct };
}
