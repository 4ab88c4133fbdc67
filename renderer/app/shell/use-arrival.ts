import { useEffect, useRef } from 'react';

/** After a change of page the focus is where the work is: in the field to write in, else on the page's name. */
export function useArrival(pathname: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    const field = document.querySelector<HTMLElement>('[data-composer]');
    const title = document.querySelector<HTMLElement>('[data-page-title]');
    const wasFirst = isFirst.current;
    isFirst.current = false;
    if (field !== null) field.focus();
    else if (!wasFirst) title?.focus();
  }, [pathname]);
}
