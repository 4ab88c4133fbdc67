import { useEffect } from 'react';

function landmarks(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-landmark]')].filter(
    (element) => element.offsetParent !== null,
  );
}

/** F6 goes to the next region of the window, Shift+F6 to the one before, as in the system's own windows. */
export function useLandmarkKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') return;
      const regions = landmarks();
      const current = regions.findIndex((region) => region.contains(document.activeElement));
      const next = regions.at((current + (event.shiftKey ? -1 : 1) + regions.length) % regions.length);
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
