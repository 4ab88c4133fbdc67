import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useApi } from '../../api/api-context.tsx';

/** Has the window be as high as what is in it; an ordinary page has its own height. */
export function useShownHeight(): RefObject<HTMLDivElement | null> {
  const { client, door } = useApi();
  const content = useRef<HTMLDivElement>(null);
  const isWindow = door.kind === 'desktop';
  useEffect(() => {
    const element = content.current;
    if (!isWindow || element === null) return undefined;
    const tell = (): void => {
      const heightPixels = Math.ceil(element.getBoundingClientRect().height);
      // A height that is lost with the line is told again with the next change.
      if (heightPixels > 0) client.quickAsk.setHeight({ heightPixels }).catch(() => undefined);
    };
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    // A window that comes to the front may have another height than it left with.
    window.addEventListener('focus', tell);
    return () => {
      observer.disconnect();
      window.removeEventListener('focus', tell);
    };
  }, [client, isWindow]);
  return content;
}
