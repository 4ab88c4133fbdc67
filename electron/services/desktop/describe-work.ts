import type { Download } from '../../shared/download.ts';
import type { LibraryProgress } from '../../shared/library.ts';
import type { Summary } from '../../shared/summary.ts';
import type { LongWork } from './work-board.ts';

/** What a second of each work does on a laptop, roughly; only the proportions count. */
const perSecond = { downloadBytes: 5_000_000, summaryCharacters: 500, libraryFiles: 0.5 } as const;

/** A download as work. */
export function downloadWork({ id, name, state, doneBytes, totalBytes }: Download): LongWork {
  const states = {
    waiting: 'going',
    running: 'going',
    checking: 'going',
    paused: 'resting',
    failed: 'failed',
    done: 'done',
  } as const;
  return {
    id,
    kind: 'download',
    name,
    state: states[state],
    fraction: doneBytes / totalBytes,
    weightSeconds: totalBytes / perSecond.downloadBytes,
  };
}

/** A summary as work; before its document is planned, nobody knows how far it is. */
export function summaryWork({ id, documentName, status, coverage }: Summary): LongWork {
  const states = {
    queued: 'going',
    running: 'going',
    paused: 'resting',
    stopped: 'resting',
    failed: 'failed',
    complete: 'done',
  } as const;
  return {
    id,
    kind: 'summary',
    name: documentName,
    state: states[status],
    fraction: coverage.sections === 0 ? null : coverage.charactersRead / Math.max(1, coverage.characters),
    weightSeconds: coverage.characters / perSecond.summaryCharacters,
  };
}

/** The reading of all collections as one work; null when there is none. `name` is the collections that are read. */
export function libraryWork({ filesDone, filesTotal, pause }: LibraryProgress, name: string): LongWork | null {
  if (filesTotal === 0) return null;
  return {
    id: 'library',
    kind: 'indexing',
    name,
    // While other programs are busy it is slow, and goes on all the same.
    state: pause === null || pause === 'busy' ? 'going' : 'resting',
    fraction: filesDone / filesTotal,
    weightSeconds: filesTotal / perSecond.libraryFiles,
  };
}
