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
    let told = 0;
    const observer = new ResizeObserver(() => {
      const heightPixels = Math.ceil(element.getBoundingClientRect().height);
      if (heightPixels === told || heightPixels === 0) return;
      told = heightPixels;
      // A height that is lost with the line is told again with the next change.
      client.quickAsk.setHeight({ heightPixels }).catch(() => undefined);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [client, isWindow]);
  return content;
}
