import type { AnswerPart, Phase } from '../../electron/shared/answer-part.ts';
import type { AppErrorData } from '../../electron/shared/app-error.ts';
import type { CitedPassage } from '../../electron/shared/document.ts';
import type { PreviewId, RunId } from '../../electron/shared/ids.ts';
import type { NoticeName, SentenceCheck } from '../../electron/shared/message.ts';
import type { Route } from '../../electron/shared/route.ts';
import type { Finding } from '../../electron/shared/screening.ts';
import type { Sent } from '../../electron/shared/sent.ts';
import type { Coverage, SummarySection, SummaryStatement } from '../../electron/shared/summary.ts';
import type { Usage } from '../../electron/shared/usage.ts';

export type RunProgress = {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  readonly remainingMs: number | null;
};

type EndReason = Extract<AnswerPart, { type: 'run-end' }>['reason'];

/** What an answer rests on: the question as it was searched, and how likely the passages hold the answer. */
export type Grounds = Pick<Extract<AnswerPart, { type: 'grounds' }>, 'searchedAs' | 'confidence' | 'level'>;

/** What a run has told so far. `forgotten`: the app no longer knows it, so its result is in what is stored. */
export type RunView = {
  readonly runId: RunId;
  readonly lastSequence: number;
  readonly state: 'running' | 'ended' | 'failed' | 'forgotten';
  readonly progress: RunProgress | null;
  readonly passages: readonly CitedPassage[];
  readonly text: string;
  readonly isWriting: boolean;
  readonly reasoning: string;
  readonly checks: readonly SentenceCheck[];
  readonly sections: readonly SummarySection[];
  readonly statements: readonly SummaryStatement[];
  readonly coverage: Coverage | null;
  readonly grounds: Grounds | null;
  readonly notices: readonly NoticeName[];
  readonly endReason: EndReason | null;
  readonly usage: Usage | null;
  readonly error: AppErrorData | null;
  readonly modelName: string | null;
  readonly route: Route | null;
  /** What waits for a person's decision; null when nothing does. */
  readonly previewId: PreviewId | null;
  /** What left this machine for it, oldest first. */
  readonly sent: readonly Sent[];
  readonly findings: readonly Finding[];
};

/** A run of which nothing has been heard yet. */
export function createRunView(runId: RunId): RunView {
  return {
    runId,
    lastSequence: -1,
    state: 'running',
    progress: null,
    passages: [],
    text: '',
    isWriting: false,
    reasoning: '',
    checks: [],
    sections: [],
    statements: [],
    coverage: null,
    grounds: null,
    notices: [],
    endReason: null,
    usage: null,
    error: null,
    modelName: null,
    route: null,
    previewId: null,
    sent: [],
    findings: [],
  };
}

const ended = { isWriting: false, progress: null, previewId: null } as const;

function change(view: RunView, part: AnswerPart): Partial<RunView> {
  switch (part.type) {
    case 'run-start':
      return { modelName: part.modelName, route: part.route };
    case 'progress':
      return {
        progress: { phase: part.phase, done: part.done, total: part.total, remainingMs: part.remainingMs },
      };
    case 'passages':
      return { passages: part.passages };
    case 'text-start':
      return { isWriting: true, text: view.text === '' ? '' : `${view.text}\n\n` };
    case 'text-delta':
      return { text: view.text + part.text, isWriting: true };
    case 'text-end':
      return { isWriting: false };
    case 'reasoning-delta':
      return { reasoning: view.reasoning + part.text };
    case 'sentence-check':
      return { checks: [...view.checks, ...part.checks] };
    case 'section-end':
      return { sections: [...view.sections, part.section], coverage: part.coverage };
    case 'statements':
      return { statements: part.statements };
    case 'grounds':
      return { grounds: { searchedAs: part.searchedAs, confidence: part.confidence, level: part.level } };
    case 'notice':
      return { notices: view.notices.includes(part.name) ? view.notices : [...view.notices, part.name] };
    case 'preview':
      return { previewId: part.isOpen ? part.previewId : null };
    case 'sent':
      return { sent: [...view.sent, part.sent] };
    case 'screening':
      return { findings: part.findings };
    case 'run-end':
      return { ...ended, state: 'ended', endReason: part.reason, usage: part.usage };
    case 'run-error':
      return { ...ended, state: 'failed', error: part.error };
  }
}

/** The view after one more part. A part that was seen before, as after a reconnection, changes nothing. */
export function applyPart(view: RunView, part: AnswerPart): RunView {
  if (part.sequence <= view.lastSequence) return view;
  return { ...view, ...change(view, part), lastSequence: part.sequence };
}
