import { createContext, use } from 'react';

/** Asks the reader, showing the real host, and only then opens an address outside the app. */
export const OpenLinkContext = createContext<(address: string) => void>(() => undefined);

export function useOpenLink(): (address: string) => void {
  return use(OpenLinkContext);
}
