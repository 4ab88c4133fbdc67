import { useEffect, useEffectEvent } from 'react';

/** What Escape closes before it stops an answer. */
const layers = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** While an answer is being written, Escape stops it, wherever in the window the focus is. */
export function useStopKey(isAnswering: boolean, onStop: () => void): void {
  const stop = useEffectEvent(onStop);
  useEffect(() => {
    if (!isAnswering) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      // While an input method composes a character, Escape gives it up; in a search field it empties the field.
      if (event.key !== 'Escape' || event.isComposing || event.target instanceof HTMLInputElement) return;
      if (event.defaultPrevented || document.querySelector(layers) !== null) return;
      event.preventDefault();
      stop();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isAnswering]);
}
