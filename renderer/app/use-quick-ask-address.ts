import { useSyncExternalStore } from 'react';
import { addressOf } from '../lib/destination.ts';

const isQuickAsk = (): boolean => window.location.hash === addressOf({ page: 'quick-ask' });

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Whether the address is the one of quick-ask, which is no page of the window's router. */
export function useQuickAskAddress(): boolean {
  return useSyncExternalStore(subscribe, isQuickAsk);
}
