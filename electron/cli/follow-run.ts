import type { AppClient } from '../app/app-client.ts';
import type { AnswerPart } from '../shared/answer-part.ts';
import { AppError } from '../shared/app-error.ts';
import type { CitedPassage } from '../shared/document.ts';
import type { PreviewId, RunId } from '../shared/ids.ts';
import type { NoticeName, SentenceCheck } from '../shared/message.ts';
import type { Route } from '../shared/route.ts';
import type { FindingKind } from '../shared/screening.ts';
import type { Sent } from '../shared/sent.ts';
import type { Usage } from '../shared/usage.ts';
import type { Terminal } from './terminal.ts';

/** What a run has told by its end. */
export type RunOutcome = {
  readonly text: string;
  readonly modelName: string | null;
  readonly route: Route | null;
  readonly passages: readonly CitedPassage[];
  readonly checks: readonly SentenceCheck[];
  readonly notices: readonly NoticeName[];
  /** What was noticed in its text, each kind once. */
  readonly noticed: readonly FindingKind[];
  /** What left this machine for it, in the order of the requests. */
  readonly sent: readonly Sent[];
  readonly usage: Usage | null;
  /** Calibrated probability that the documents hold the answer; null where it was not measured. */
  readonly confidence: number | null;
  readonly level: 'high' | 'medium' | 'low' | null;
  /** The question as it was searched, where it was completed from the conversation. */
  readonly searchedAs: string | null;
  readonly reason: 'complete' | 'length' | 'stopped' | 'interrupted';
};

type Gathered = { -readonly [Key in keyof RunOutcome]: RunOutcome[Key] };

export type FollowOptions = {
  readonly client: AppClient;
  readonly terminal: Terminal;
  /** Aborting it stops the run; its end is awaited, so what was written is in the outcome. */
  readonly signal: AbortSignal;
  /** Writes the text of the answer to the terminal as it comes. */
  readonly showsText: boolean;
  /** Decides over a request that waits for a person; the answer goes on when that is done. */
  readonly onPreview?: (id: PreviewId) => Promise<void>;
};

/** Follows a run to its end. Throws the AppError of a run that failed. */
export async function followRun(runId: RunId, options: FollowOptions): Promise<RunOutcome> {
  const { client, terminal, signal } = options;
  const gathered: Gathered = {
    text: '',
    modelName: null,
    route: null,
    passages: [],
    checks: [],
    notices: [],
    noticed: [],
    sent: [],
    usage: null,
    confidence: null,
    level: null,
    searchedAs: null,
    reason: 'interrupted',
  };
  const stop = (): void => {
    terminal.progress(terminal.t('terminal:progress.stopping'));
    // When the app is gone too, the end of the stream tells.
    client.runs.stop({ runId }).catch(() => undefined);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
      gather(gathered, part, options);
      if (part.type === 'preview' && part.isOpen) await options.onPreview?.(part.previewId);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return gathered;
}

function gather(gathered: Gathered, part: AnswerPart, { terminal, showsText }: FollowOptions): void {
  switch (part.type) {
    case 'run-start':
      gathered.modelName = part.modelName;
      gathered.route = part.route;
      return;
    case 'progress':
      return terminal.progress(terminal.t(`phase.${part.phase}`), progressDetail(part, terminal));
    case 'passages':
      gathered.passages = part.passages;
      return;
    case 'text-delta':
      gathered.text += part.text;
      if (showsText) terminal.write(part.text);
      return;
    case 'sentence-check':
      gathered.checks = part.checks;
      return;
    case 'notice':
      gathered.notices = [...gathered.notices, part.name];
      return;
    case 'grounds':
      gathered.confidence = part.confidence;
      gathered.level = part.level;
      gathered.searchedAs = part.searchedAs;
      return;
    case 'sent':
      gathered.sent = [...gathered.sent, part.sent];
      return;
    case 'run-end':
      gathered.reason = part.reason;
      gathered.usage = part.usage;
      return;
    case 'run-error':
      throw AppError.fromData(part.error);
    case 'text-start':
    case 'text-end':
    case 'reasoning-delta':
    case 'section-end':
    case 'statements':
    case 'preview':
      return;
    case 'screening':
      gathered.noticed = [...new Set(part.findings.map(({ kind }) => kind))];
      return;
  }
}

function progressDetail(part: Extract<AnswerPart, { type: 'progress' }>, { t }: Terminal): string {
  if (part.total === 0) return '';
  const percent = `${Math.floor((100 * part.done) / part.total)} %`;
  if (part.remainingMs === null) return percent;
  return `${percent}, ${t('terminal:progress.remaining', { duration: durationWords(part.remainingMs) })}`;
}

/** `45 s`, or `12 min` from two minutes on. */
export function durationWords(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1_000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
