import { createContext } from 'react';

/** Opens the file dialog, then offers what can be done with the file: the keyboard's way to what a drop does. */
export const ChooseFileContext = createContext<() => void>(() => undefined);
