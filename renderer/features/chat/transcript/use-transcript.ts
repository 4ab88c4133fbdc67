import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range, Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import type { Message } from '../../../../electron/shared/message.ts';
import { estimatedHeight } from './estimated-height.ts';
import { useKeptItems } from './use-kept-items.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

/** Drawn beyond the edge in each direction, so that a page down lands on words. */
const overscan = 4;
const gapPixels = 12;
const edgePixels = 20;

export type Transcript = {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
  /** Brings a message into sight and gives it the focus. */
  readonly goTo: (id: MessageId, align?: 'start' | 'auto') => void;
  /** Brings a message into sight and leaves the focus where it is. */
  readonly reveal: (id: MessageId) => void;
  /** Keeps the message drawn that has the focus or had it last. */
  readonly setCurrent: (id: MessageId) => void;
};

/** Draws the messages around what is in sight, and those that must not go: growing, focused, selected. */
export function useTranscript(messages: readonly Message[]): Transcript {
  const { frame, content, isAtEnd, goToEnd, letGo } = useStickToEnd();
  const kept = useKeptItems(frame);
  const [current, setCurrent] = useState<MessageId | null>(null);
  const wanted = useRef<MessageId | null>(null);
  const heights = useMemo(() => messages.map(estimatedHeight), [messages]);
  const growing = useMemo(
    () => messages.flatMap(({ status }, index) => (status === 'streaming' ? [index] : [])),
    [messages],
  );
  const currentIndex = messages.findIndex(({ id }) => id === current);
  const rangeExtractor = (range: Range): number[] => {
    const always = [...growing, ...kept, currentIndex].filter((index) => index >= 0 && index < range.count);
    return [...new Set([...defaultRangeExtractor(range), ...always])].sort((a, b) => a - b);
  };
  // What it returns changes behind the back of a compiler that keeps values; this code keeps none of them.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: messages.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => heights[index] ?? 100,
    getItemKey: useCallback((index: number) => messages[index]?.id ?? index, [messages]),
    initialOffset: () => heights.reduce((sum, height) => sum + height + gapPixels, 0),
    overscan,
    gap: gapPixels,
    paddingStart: edgePixels,
    paddingEnd: edgePixels,
    rangeExtractor,
  });
  const goTo = useCallback(
    (id: MessageId, align: 'start' | 'auto' = 'auto') => {
      const index = messages.findIndex((message) => message.id === id);
      if (index < 0) return;
      letGo();
      wanted.current = id;
      setCurrent(id);
      virtualizer.scrollToIndex(index, { align });
      focusItem(frame.current, id);
    },
    [frame, letGo, messages, virtualizer],
  );
  const reveal = useCallback(
    (id: MessageId) => {
      const index = messages.findIndex((message) => message.id === id);
      if (index < 0) return;
      letGo();
      setCurrent(id);
      virtualizer.scrollToIndex(index, { align: 'center' });
    },
    [letGo, messages, virtualizer],
  );
  // An item that was not drawn when it was asked for takes the focus as soon as it is.
  useEffect(() => {
    if (wanted.current !== null && focusItem(frame.current, wanted.current)) wanted.current = null;
  });
  return { frame, content, virtualizer, isAtEnd, goToEnd, goTo, reveal, setCurrent };
}

function focusItem(frame: HTMLElement | null, id: MessageId): boolean {
  const item = frame?.querySelector<HTMLElement>(`[data-message="${id}"]`);
  item?.focus({ preventScroll: true });
  return item !== null && item !== undefined;
}
