import { createContext, use } from 'react';

/** Closes the kept chats now; `canLock` is false where nothing is kept, so that there is nothing to close. */
export type Lock = { readonly canLock: boolean; readonly lock: () => void };

export const LockContext = createContext<Lock>({ canLock: false, lock: () => undefined });

export function useLock(): Lock {
  return use(LockContext);
}
