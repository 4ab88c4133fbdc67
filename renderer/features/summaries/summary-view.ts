import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { Coverage, Summary, SummarySection } from '../../../electron/shared/summary.ts';
import type { RunProgress, RunView } from '../../api/run-view.ts';

/** A summary as it is shown, while it is made and afterwards. */
export type SummaryView = {
  readonly isRunning: boolean;
  readonly text: string;
  readonly sections: readonly SummarySection[];
  readonly coverage: Coverage;
  readonly progress: RunProgress | null;
  readonly error: AppErrorData | null;
};

/** 0 to 1: how much of the document's text was really handed to the model. */
export function coverageShare({ characters, charactersRead }: Coverage): number {
  return characters === 0 ? 0 : Math.min(1, charactersRead / characters);
}

export function summaryView(summary: Summary, run: RunView | null): SummaryView {
  const isLive = summary.status === 'running' && run !== null && run.state !== 'forgotten';
  if (!isLive) {
    const { summary: text, sections, coverage, error } = summary;
    return {
      isRunning: summary.status === 'running',
      text,
      sections,
      coverage,
      progress: null,
      error: error ?? run?.error ?? null,
    };
  }
  return {
    isRunning: run.state === 'running',
    text: run.text,
    sections: run.sections.length > 0 ? run.sections : summary.sections,
    coverage: run.coverage ?? summary.coverage,
    progress: run.progress,
    error: run.error,
  };
}
