import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { messageText } from '../../../electron/shared/message.ts';
import type { Message, NoticeName, SentenceCheck } from '../../../electron/shared/message.ts';
import type { Route } from '../../../electron/shared/route.ts';
import type { FindingKind } from '../../../electron/shared/screening.ts';
import type { Sent } from '../../../electron/shared/sent.ts';
import { screenedOf } from '../../../electron/shared/shown-text.ts';
import type { Screened } from '../../../electron/shared/shown-text.ts';
import type { Usage } from '../../../electron/shared/usage.ts';
import type { Grounds, RunProgress, RunView } from '../../api/run-view.ts';

/** What a model thought before it answered; the time is null while it thinks, and where nobody measured it. */
export type ReasoningView = { readonly text: string; readonly durationMs: number | null; readonly isGrowing: boolean };

/** An answer as it is shown, whether it is still being written or was stored long ago. */
export type AnswerView = {
  readonly text: string;
  readonly isGrowing: boolean;
  readonly reasoning: ReasoningView | null;
  readonly progress: RunProgress | null;
  readonly passages: readonly CitedPassage[];
  readonly checks: readonly SentenceCheck[];
  /** Null for an answer that no document was asked for. */
  readonly grounds: Grounds | null;
  readonly notices: readonly NoticeName[];
  readonly usage: Usage | null;
  readonly modelName: string | null;
  readonly route: Route | null;
  /** What left this computer for it. */
  readonly sent: readonly Sent[];
  /** What was noticed in its text, and what of it may be shown and used. */
  readonly screened: Screened;
  readonly hasFailed: boolean;
  readonly error: AppErrorData | null;
  /** It did not come to its end, and can be asked to go on. */
  readonly canContinue: boolean;
};

function noticesOfStatus(status: Message['status']): readonly NoticeName[] {
  return status === 'stopped' || status === 'interrupted' ? [status] : [];
}

const citationsOf = (message: Message): readonly CitedPassage[] =>
  message.parts.flatMap((part) => (part.type === 'citation' ? [part.passage] : []));

function storedReasoning(message: Message): ReasoningView | null {
  const parts = message.parts.flatMap((part) => (part.type === 'reasoning' ? [part] : []));
  const text = parts.map((part) => part.text).join('\n\n');
  if (text === '') return null;
  const durations = parts.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));
  const durationMs = durations.length === 0 ? null : durations.reduce((sum, duration) => sum + duration, 0);
  return { text, durationMs, isGrowing: false };
}

function storedView(message: Message, run: RunView | null): AnswerView {
  const stored = message.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));
  const notices = [...new Set([...noticesOfStatus(message.status), ...stored])];
  const text = messageText(message);
  const isCut = notices.some((name) => name === 'stopped' || name === 'interrupted' || name === 'length-limit');
  return {
    text,
    isGrowing: false,
    reasoning: storedReasoning(message),
    progress: null,
    passages: citationsOf(message),
    grounds: message.parts.find((part) => part.type === 'grounds') ?? null,
    checks: message.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : [])),
    notices,
    usage: message.usage,
    modelName: message.modelName,
    route: message.route,
    sent: message.parts.flatMap((part) => (part.type === 'sent' ? [part.sent] : [])),
    screened: screenedOf(message),
    hasFailed: message.status === 'failed',
    error: message.error ?? run?.error ?? null,
    canContinue: isCut && text !== '' && message.status !== 'streaming',
  };
}

/** What tells how an answer ended. */
const endings: ReadonlySet<NoticeName> = new Set(['interrupted', 'stopped', 'length-limit']);

/**
 * An end is told when the run is over, not while it is being stored: who reads that an answer was cut short and writes
 * on would else write for a message that waits behind it.
 */
function noticesOfRun(run: RunView): readonly NoticeName[] {
  if (run.state === 'running') return run.notices.filter((name) => !endings.has(name));
  const ending = run.endReason === 'stopped' || run.endReason === 'interrupted' ? [run.endReason] : [];
  return [...new Set([...ending, ...run.notices])];
}

/** Once the passages are there, the search is over: what takes the time is the model reading them. */
function progressOf({ progress, passages }: RunView): RunProgress | null {
  if (progress?.phase !== 'searching' || passages.length === 0) return progress;
  return { phase: 'thinking', done: 0, total: 0, remainingMs: null };
}

function growingReasoning(run: RunView): ReasoningView | null {
  if (run.reasoning === '') return null;
  return { text: run.reasoning, durationMs: null, isGrowing: run.state === 'running' && run.text === '' };
}

/** Nobody has chosen anything yet of what still grows. */
const nothingAllowed: readonly FindingKind[] = [];

/** The live view while the stored message is still growing, else the stored one. */
export function answerView(message: Message, run: RunView | null): AnswerView {
  // Nothing has been heard of the run yet: an answer that goes on already has words to show.
  const isUnheard = run === null || run.state === 'forgotten' || (run.lastSequence < 0 && run.state === 'running');
  if (message.status !== 'streaming') return storedView(message, run);
  if (isUnheard) return { ...storedView(message, run), isGrowing: run?.state === 'running' };
  return {
    text: run.text,
    isGrowing: run.state === 'running',
    reasoning: growingReasoning(run),
    progress: progressOf(run),
    passages: run.passages.length === 0 ? citationsOf(message) : run.passages,
    checks: run.checks,
    grounds: run.grounds,
    notices: noticesOfRun(run),
    usage: run.usage,
    modelName: run.modelName ?? message.modelName,
    route: run.route ?? message.route,
    sent: run.sent,
    screened: { findings: run.findings, allowed: nothingAllowed },
    hasFailed: run.state === 'failed',
    error: run.error,
    canContinue: false,
  };
}
