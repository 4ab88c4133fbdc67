import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The strip is there from the first drawing on, and stays. */
const never = (): (() => void) => () => undefined;

/** Buttons of a page that stand in the strip at the head of the window, beside its name. */
export function PageTools({ children }: { readonly children: ReactNode }) {
  const slot = useSyncExternalStore(never, () => document.querySelector('[data-page-tools]'));
  return slot === null ? null : createPortal(children, slot);
}
