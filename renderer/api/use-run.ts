import { useCallback, useSyncExternalStore } from 'react';
import type { RunId } from '../../electron/shared/ids.ts';
import type { RunView } from './run-view.ts';
import { useApi } from './api-context.tsx';

const nothing = (): void => undefined;

/** What a run has told so far, growing while it works; null without a run. */
export function useRun(runId: RunId | null): RunView | null {
  const { runs } = useApi();
  const subscribe = useCallback(
    (listener: () => void) => (runId === null ? nothing : runs.subscribe(runId, listener)),
    [runs, runId],
  );
  return useSyncExternalStore(subscribe, () => (runId === null ? null : runs.view(runId)));
}
