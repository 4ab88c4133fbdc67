import { createContext, use } from 'react';

/** Opens the one field that finds chats, messages and commands. */
export const OpenPaletteContext = createContext<() => void>(() => undefined);

export function useOpenPalette(): () => void {
  return use(OpenPaletteContext);
}
