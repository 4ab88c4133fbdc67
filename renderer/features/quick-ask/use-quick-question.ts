import { useRef, useState } from 'react';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { ConversationId, RunId } from '../../../electron/shared/ids.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useRun } from '../../api/use-run.ts';
import { useScreenedAnswer } from '../../api/use-screened-answer.ts';
import type { ScreenedAnswer } from '../../api/use-screened-answer.ts';
import type { RunView } from '../../api/run-view.ts';
import type { QuickContext } from './quick-context.ts';

/** What was asked. */
type Question = { readonly text: string; readonly context: QuickContext | null; readonly preset: Preset | null };

/** A question and what has become of it so far. */
export type AskedQuestion = Question & {
  readonly conversationId: ConversationId | null;
  readonly runId: RunId | null;
  /** It did not even begin. */
  readonly failure: AppErrorData | null;
};

export type QuickQuestion = {
  readonly asked: AskedQuestion | null;
  readonly run: RunView | null;
  /** What may be shown and used of the answer. */
  readonly screened: ScreenedAnswer;
  readonly isBusy: boolean;
  /** Takes the place of the question before, which is forgotten. */
  readonly ask: (question: Question) => void;
  readonly stop: () => void;
  /** Forgets the question; with `isKept` it was taken elsewhere and only leaves the page. */
  readonly drop: (options?: { readonly isKept: boolean }) => void;
};

const noFindings: readonly Finding[] = [];
const noKinds: readonly FindingKind[] = [];

/** One question at a time, and its answer. */
export function useQuickQuestion(): QuickQuestion {
  const { client } = useApi();
  const [asked, setAsked] = useState<AskedQuestion | null>(null);
  const turn = useRef(0);
  const run = useRun(asked?.runId ?? null);
  const screened = useScreenedAnswer({ id: asked?.runId ?? null, messageId: null }, run?.text ?? '', {
    findings: run?.findings ?? noFindings,
    allowed: noKinds,
  });
  const isRunning = asked?.runId != null && (run === null || run.state === 'running');
  const isBusy = asked !== null && asked.failure === null && (asked.runId === null || isRunning);

  const forget = (conversationId: ConversationId): void => {
    // Locking forgets it too, and nothing else can keep the app from it.
    client.quickAsk.forget({ conversationId }).catch(() => undefined);
  };
  const begin = async (question: Question, replaces: ConversationId | null): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    const waiting: AskedQuestion = { ...question, conversationId: null, runId: null, failure: null };
    setAsked(waiting);
    const { text, context, preset } = question;
    try {
      const { conversationId, runId } = await client.quickAsk.ask({
        text,
        context: context?.text ?? null,
        presetId: preset?.id ?? null,
        replaces,
      });
      // It was dropped while it was on its way.
      if (mine !== turn.current) forget(conversationId);
      else setAsked({ ...waiting, conversationId, runId });
    } catch (error) {
      if (mine === turn.current) setAsked({ ...waiting, failure: toFailure(error) });
    }
  };

  return {
    asked,
    run,
    screened,
    isBusy,
    ask: (question) => void begin(question, asked?.conversationId ?? null),
    stop: () => {
      if (asked?.runId != null) client.runs.stop({ runId: asked.runId }).catch(() => undefined);
    },
    drop: ({ isKept } = { isKept: false }) => {
      turn.current += 1;
      if (asked?.conversationId != null && !isKept) forget(asked.conversationId);
      setAsked(null);
    },
  };
}
