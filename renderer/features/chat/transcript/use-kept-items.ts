import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

type Span = { readonly first: number; readonly last: number } | null;

/** A selection that spans more messages than this costs more to keep drawn than it is worth. */
const longestSpan = 400;

function itemOf(node: Node | null, frame: HTMLElement): number | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  const item = element?.closest<HTMLElement>('[data-index]') ?? null;
  return item === null || !frame.contains(item) ? null : Number(item.dataset['index']);
}

function selectedSpan(frame: HTMLElement): Span {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return null;
  const [anchor, focus] = [itemOf(selection.anchorNode, frame), itemOf(selection.focusNode, frame)];
  const [one, other] = [anchor ?? focus, focus ?? anchor];
  if (one === null || other === null) return null;
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

/**
 * Items that must stay drawn although they are out of sight, because the focus or the reader's selection is in them: an
 * element that goes takes both with it.
 */
export function useKeptItems(frame: RefObject<HTMLElement | null>): readonly number[] {
  const [span, setSpan] = useState<Span>(null);
  const [focused, setFocused] = useState<number | null>(null);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    const onSelection = (): void => {
      const next = selectedSpan(box);
      setSpan((last) => (last?.first === next?.first && last?.last === next?.last ? last : next));
    };
    const onFocus = (): void => setFocused(itemOf(document.activeElement, box));
    document.addEventListener('selectionchange', onSelection);
    box.addEventListener('focusin', onFocus);
    box.addEventListener('focusout', onFocus);
    return () => {
      document.removeEventListener('selectionchange', onSelection);
      box.removeEventListener('focusin', onFocus);
      box.removeEventListener('focusout', onFocus);
    };
  }, [frame]);
  const length = span === null ? 0 : Math.min(longestSpan, span.last - span.first + 1);
  const selected = Array.from({ length }, (_, offset) => (span?.first ?? 0) + offset);
  return focused === null ? selected : [...selected, focused];
}
