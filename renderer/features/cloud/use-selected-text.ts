import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** What is selected within `frame`, by pointer or keyboard; kept while another field has the focus. */
export function useSelectedText(frame: RefObject<HTMLElement | null>): string {
  const [selected, setSelected] = useState('');
  useEffect(() => {
    const look = (): void => {
      const selection = document.getSelection();
      const { current } = frame;
      if (selection === null || selection.anchorNode === null || current === null) return;
      if (!current.contains(selection.anchorNode) || !current.contains(selection.focusNode)) return;
      setSelected(selection.toString());
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [frame]);
  return selected;
}
