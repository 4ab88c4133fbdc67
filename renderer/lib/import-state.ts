import type { AppErrorData } from '../../electron/shared/app-error.ts';
import type { RunProgress } from './run-view.ts';

/** How the newest import of a model in this window stands. */
export type ImportState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly fileName: string; readonly progress: RunProgress | null }
  | { readonly state: 'failed'; readonly fileName: string; readonly error: AppErrorData }
  | { readonly state: 'done'; readonly fileName: string };
