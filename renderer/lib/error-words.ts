import { createContext, use } from 'react';
import type { AppErrorData } from '../../electron/shared/app-error.ts';

type ErrorWords = (error: Pick<AppErrorData, 'code' | 'details'>) => string;

/** Turns an error into the sentence that a person reads; given by the app, which knows the language. */
export const ErrorWordsContext = createContext<ErrorWords>(({ code }) => code);

export function useErrorWords(): ErrorWords {
  return use(ErrorWordsContext);
}
