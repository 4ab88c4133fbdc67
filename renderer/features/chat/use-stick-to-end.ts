import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

const slackPixels = 48;

/**
 * Keeps the end of a growing column in sight, until the reader scrolls up; then leaves the place alone and says that
 * there is more below.
 */
export function useStickToEnd(): {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
} {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isPinned = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const goToEnd = useCallback(() => {
    isPinned.current = true;
    setAtEnd(true);
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, []);
  useEffect(() => {
    const [box, inner] = [frame.current, content.current];
    if (box === null || inner === null) return undefined;
    const onScroll = (): void => {
      isPinned.current = box.scrollHeight - box.scrollTop - box.clientHeight < slackPixels;
      setAtEnd(isPinned.current);
    };
    const observer = new ResizeObserver(() => {
      if (isPinned.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, []);
  return { frame, content, isAtEnd, goToEnd };
}
