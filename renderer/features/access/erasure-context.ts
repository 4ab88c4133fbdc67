import { createContext, use } from 'react';
import type { ErasureReport } from '../../../electron/shared/access.ts';

/** Shows what an erasure found. Its place is above the session, which ends with what was erased. */
export const ShowErasureContext = createContext<(report: ErasureReport) => void>(() => undefined);

export function useShowErasure(): (report: ErasureReport) => void {
  return use(ShowErasureContext);
}
