import { createContext, use } from 'react';

/**
 * Runs what asks another computer for models, once that is allowed: at once where a person has said so before, else after
 * they were told what is asked of whom. What is not allowed does not run.
 */
type Consent = (run: () => void) => void;

export const ConsentContext = createContext<Consent>((run) => run());

export function useConsent(): Consent {
  return use(ConsentContext);
}
