import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import { shownText } from '../../../electron/shared/shown-text.ts';
import type {
  Coverage,
  Summary,
  SummarySection,
  SummaryStatement,
  SummaryStatus,
} from '../../../electron/shared/summary.ts';
import type { RunProgress, RunView } from '../../api/run-view.ts';

/** A summary as it is shown, while it is made and afterwards. */
export type SummaryView = {
  readonly status: SummaryStatus;
  readonly text: string;
  readonly statements: readonly SummaryStatement[];
  readonly sections: readonly SummarySection[];
  readonly coverage: Coverage;
  readonly progress: RunProgress | null;
  readonly error: AppErrorData | null;
};

/** 0 to 1: how much of the document's text was really handed to the model. */
export function coverageShare({ characters, charactersRead }: Coverage): number {
  return characters === 0 ? 0 : Math.min(1, charactersRead / characters);
}

/** The beginning of it for a list, without what nobody chose to see. */
export function previewOf({
  text,
  statements,
  sections,
}: Pick<SummaryView, 'text' | 'statements' | 'sections'>): string {
  const all = [...statements, ...sections.flatMap((section) => section.statements)];
  if (text !== '' && all.every(({ findings }) => findings === undefined)) return text;
  return statements
    .map(({ text: said, findings = [], allowed = [] }) => shownText(said, { findings, allowed }))
    .filter((shown) => shown !== '')
    .join(' ');
}

/** The status that the end of a run stands for, before the list tells of it. */
function endedStatus({ state, endReason }: RunView): SummaryStatus {
  if (state === 'failed') return 'failed';
  return endReason === 'complete' || endReason === 'length' ? 'complete' : 'stopped';
}

/** What is kept, and what its run has told since; the one that has read more wins. */
export function summaryView(summary: Summary, run: RunView | null): SummaryView {
  const { status, summary: text, statements, sections, coverage, error } = summary;
  const kept = { status, text, statements, sections, coverage, progress: null, error };
  if (status !== 'running' || run === null || run.state === 'forgotten') {
    return { ...kept, error: status === 'failed' ? (error ?? run?.error ?? null) : error };
  }
  return {
    status: run.state === 'running' ? 'running' : endedStatus(run),
    text: run.text === '' ? text : run.text,
    statements: run.statements.length > 0 ? run.statements : statements,
    sections: run.sections.length >= sections.length ? run.sections : sections,
    coverage: (run.coverage?.charactersRead ?? -1) >= coverage.charactersRead ? (run.coverage ?? coverage) : coverage,
    progress: run.progress,
    error: run.error,
  };
}

/** Where a summary stands among those that wait, counted from 1; null while it does not wait. */
export function queuePosition(list: readonly Summary[], { id, status }: Pick<Summary, 'id' | 'status'>): number | null {
  if (status !== 'queued') return null;
  const waiting = list.filter((other) => other.status === 'queued').toSorted((a, b) => a.createdAt - b.createdAt);
  return waiting.findIndex((other) => other.id === id) + 1 || null;
}

const ranks = { running: 0, queued: 1, paused: 2, failed: 2, stopped: 3, complete: 3 } as const;

/** What works first, then what waits in its order, then what needs a decision, then the rest from the newest on. */
export function inOrder(list: readonly Summary[]): readonly Summary[] {
  return list.toSorted(
    (a, b) =>
      ranks[a.status] - ranks[b.status] ||
      (a.status === 'queued' ? a.createdAt - b.createdAt : b.createdAt - a.createdAt),
  );
}
