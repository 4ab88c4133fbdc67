import type { Clock } from '../../platform/clock.ts';
import type { LibraryProgress } from '../../shared/library.ts';
import type { LibraryService } from '../library/library-service.ts';
import { libraryWork } from './describe-work.ts';
import { sampleMs } from './sample-ms.ts';
import type { WorkBoard } from './work-board.ts';

/** Shows on the board how far the collections are read, with their names. */
export async function followLibrary(
  {
    library,
    board,
    clock,
    onChange,
  }: {
    readonly library: Pick<LibraryService, 'list' | 'watchProgress'>;
    readonly board: WorkBoard;
    readonly clock: Pick<Clock, 'delay'>;
    readonly onChange: () => void;
  },
  signal: AbortSignal,
): Promise<void> {
  let names: ReadonlySet<string> = new Set();
  let known = 0;
  let isReading = false;

  /** Collections are listed when there is more to read than before, and not at every file. */
  const learnNames = async (filesTotal: number): Promise<void> => {
    if (filesTotal <= known) return;
    known = filesTotal;
    const waiting = (await library.list()).filter(({ counts, isPaused }) => counts.pending > 0 && !isPaused);
    names = new Set([...names, ...waiting.map(({ name }) => name)]);
  };

  const report = async (progress: LibraryProgress): Promise<void> => {
    await learnNames(progress.filesTotal);
    const name = [...names].join(', ');
    const work = libraryWork(progress, name);
    if (work !== null) board.report('library', [work]);
    else if (isReading) {
      board.report('library', [
        { id: 'library', kind: 'indexing', name, state: 'done', fraction: 1, weightSeconds: 0 },
      ]);
      [names, known] = [new Set(), 0];
    }
    isReading = work !== null;
    onChange();
  };

  for await (const progress of library.watchProgress(signal)) {
    await report(progress);
    await clock.delay(sampleMs, signal).catch(() => undefined);
  }
}
