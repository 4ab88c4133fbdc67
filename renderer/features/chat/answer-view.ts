import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { messageText } from '../../../electron/shared/message.ts';
import type { Message, NoticeName, SentenceCheck } from '../../../electron/shared/message.ts';
import type { Usage } from '../../../electron/shared/usage.ts';
import type { RunProgress, RunView } from '../../api/run-view.ts';

/** An answer as it is shown, whether it is still being written or was stored long ago. */
export type AnswerView = {
  readonly text: string;
  readonly isGrowing: boolean;
  readonly progress: RunProgress | null;
  readonly passages: readonly CitedPassage[];
  readonly checks: readonly SentenceCheck[];
  readonly notices: readonly NoticeName[];
  readonly usage: Usage | null;
  readonly modelName: string | null;
  readonly hasFailed: boolean;
  readonly error: AppErrorData | null;
};

function noticesOfStatus(status: Message['status']): readonly NoticeName[] {
  return status === 'stopped' || status === 'interrupted' ? [status] : [];
}

function storedView(message: Message, run: RunView | null): AnswerView {
  const notices = message.parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));
  return {
    text: messageText(message),
    isGrowing: false,
    progress: null,
    passages: message.parts.flatMap((part) => (part.type === 'citation' ? [part.passage] : [])),
    checks: message.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : [])),
    notices: [...new Set([...noticesOfStatus(message.status), ...notices])],
    usage: message.usage,
    modelName: message.modelName,
    hasFailed: message.status === 'failed',
    error: run?.error ?? null,
  };
}

function noticesOfRun(run: RunView): readonly NoticeName[] {
  const ending = run.endReason === 'stopped' || run.endReason === 'interrupted' ? [run.endReason] : [];
  return [...new Set([...ending, ...run.notices])];
}

/** Once the passages are there, the search is over: what takes the time is the model reading them. */
function progressOf({ progress, passages }: RunView): RunProgress | null {
  if (progress?.phase !== 'searching' || passages.length === 0) return progress;
  return { phase: 'thinking', done: 0, total: 0, remainingMs: null };
}

/** The live view while the stored message is still growing, else the stored one. */
export function answerView(message: Message, run: RunView | null): AnswerView {
  if (message.status !== 'streaming' || run === null || run.state === 'forgotten') return storedView(message, run);
  return {
    text: run.text,
    isGrowing: run.state === 'running',
    progress: progressOf(run),
    passages: run.passages,
    checks: run.checks,
    notices: noticesOfRun(run),
    usage: run.usage,
    modelName: run.modelName ?? message.modelName,
    hasFailed: run.state === 'failed',
    error: run.error,
  };
}
