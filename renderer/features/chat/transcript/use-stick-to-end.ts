import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

const slackPixels = 48;
/** A scroll within this time of a wheel, a key or a finger is the reader's. */
const readerMs = 800;
const readerEvents = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'pointermove'] as const;

type StickToEnd = {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
  /** Leaves the place alone from now on, as when something else decides what is in sight. */
  readonly letGo: () => void;
};

/**
 * Keeps the end of a growing column in sight, until the reader scrolls up; then leaves the place alone and says that
 * there is more below.
 */
export function useStickToEnd(): StickToEnd {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isPinned = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const goToEnd = useCallback(() => {
    isPinned.current = true;
    setAtEnd(true);
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, []);
  const letGo = useCallback(() => {
    isPinned.current = false;
  }, []);
  useEffect(() => {
    const [box, inner] = [frame.current, content.current];
    if (box === null || inner === null) return undefined;
    let readerAt = -Infinity;
    let lastTop = box.scrollTop;
    const onReader = (event: Event): void => {
      if (!(event instanceof PointerEvent) || event.buttons > 0) readerAt = performance.now();
    };
    const onScroll = (): void => {
      // What grows moves the end away before the column has followed: only the reader lets go of it, or a leap upwards.
      const isLeap = lastTop - box.scrollTop > box.clientHeight / 2;
      lastTop = box.scrollTop;
      if (box.scrollHeight - box.scrollTop - box.clientHeight < slackPixels) isPinned.current = true;
      else if (isLeap || performance.now() - readerAt < readerMs) isPinned.current = false;
      setAtEnd(isPinned.current);
    };
    const observer = new ResizeObserver(() => {
      if (isPinned.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(box);
    for (const name of readerEvents) box.addEventListener(name, onReader, { passive: true });
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      for (const name of readerEvents) box.removeEventListener(name, onReader);
      box.removeEventListener('scroll', onScroll);
    };
  }, []);
  return { frame, content, isAtEnd, goToEnd, letGo };
}
