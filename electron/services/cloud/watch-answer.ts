import type { MessagePart, SentenceCheck } from '../../shared/message.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';

/** An answer that grows, and what is known of it. */
export type WatchedAnswer = {
  readonly answer: GrowingAnswer;
  /** Its text with its checks, and its other parts. */
  readonly parts: () => readonly MessagePart[];
};

/** Looks at what is written to an answer. */
export function watchAnswer(answer: GrowingAnswer): WatchedAnswer {
  let checks: readonly SentenceCheck[] | null = null;
  const others: MessagePart[] = [];
  return {
    answer: {
      runId: answer.runId,
      prepare: answer.prepare,
      get text() {
        return answer.text;
      },
      write: (part) => answer.write(part),
      addText: (text) => answer.addText(text),
      addPart: (part) => {
        others.push(part);
        answer.addPart(part);
      },
      addNotice: (name) => {
        others.push({ type: 'notice', name });
        answer.addNotice(name);
      },
      tellRoute: (route) => answer.tellRoute(route),
      setReplaced: (originals) => answer.setReplaced(originals),
      setChecks: (set) => {
        checks = set;
        answer.setChecks(set);
      },
      addModelStream: (parts) => answer.addModelStream(parts),
    },
    parts: () => [{ type: 'text', text: answer.text, ...(checks === null ? {} : { checks }) }, ...others],
  };
}
