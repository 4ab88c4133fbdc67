import { useMutationState } from '@tanstack/react-query';
import type { AppErrorData } from '../../electron/shared/app-error.ts';
import type { RunId } from '../../electron/shared/ids.ts';
import { toFailure } from './failure.ts';
import type { RunProgress } from './run-view.ts';
import { importKey } from './use-files.ts';
import { useRun } from './use-run.ts';

/** How the newest import of a model in this window stands. */
export type ImportState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly fileName: string; readonly progress: RunProgress | null }
  | { readonly state: 'failed'; readonly fileName: string; readonly error: AppErrorData }
  | { readonly state: 'done'; readonly fileName: string };

/** The newest import of this window, wherever in it it was begun. */
export function useImportState(): ImportState {
  const imports = useMutationState({ filters: { mutationKey: importKey }, select: ({ state }) => state });
  const latest = imports.at(-1);
  // The only mutation under this key hands back the id of its run.
  const runId = (latest?.data as RunId | undefined) ?? null;
  const run = useRun(runId);
  if (latest === undefined) return { state: 'none' };
  const fileName = latest.variables instanceof File ? latest.variables.name : '';
  if (latest.status === 'error') return { state: 'failed', fileName, error: toFailure(latest.error) };
  if (run?.error != null) return { state: 'failed', fileName, error: run.error };
  if (run !== null && run.state !== 'running') return { state: 'done', fileName };
  return { state: 'running', fileName, progress: run?.progress ?? null };
}
