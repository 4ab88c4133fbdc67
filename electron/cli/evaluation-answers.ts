import type { AppClient } from '../app/app-client.ts';
import { AppError } from '../shared/app-error.ts';
import type { Passage } from '../shared/document.ts';
import type { Ask } from '../services/evaluation/measure-answers.ts';
import type { Summarize } from '../services/evaluation/measure-summaries.ts';
import { followRun } from './follow-run.ts';
import type { RunOutcome } from './follow-run.ts';
import type { Terminal } from './terminal.ts';

/** What asking for an evaluation needs. */
export type EvaluationClient = { readonly client: AppClient; readonly terminal: Terminal };

/** The passages that an answer marks, in the order of its marks; those that carry its sentences where it marks none. */
function citations({ text, checks, passages }: RunOutcome): readonly Passage[] {
  const written = [...text.matchAll(/\[(\d+)\]/g)].map(([, mark]) => Number(mark));
  const marks = [...written, ...checks.flatMap((check) => (check.isSupported ? check.marks : []))];
  return [...new Set(marks)].flatMap((mark) => passages.find((one) => one.mark === mark)?.passage ?? []);
}

/** Asks as `sotto ask` does; every question in a conversation of its own. */
export function askForEvaluation({ client, terminal }: EvaluationClient): Ask {
  return async (documentId, question, signal) => {
    const startedAt = performance.now();
    const scope = { documentIds: [documentId] };
    const { runId } = await client.answers.ask({ scope, question }, { signal });
    const outcome = await followRun(runId, { client, terminal, signal, showsText: false });
    signal.throwIfAborted();
    const isWithheld = outcome.notices.includes('not-in-documents');
    return {
      text: outcome.text.trim(),
      isWithheld,
      confidence: outcome.confidence,
      citations: isWithheld ? [] : citations(outcome),
      sentences: outcome.checks.length,
      supportedSentences: outcome.checks.filter(({ isSupported }) => isSupported).length,
      evidenceMs: outcome.passagesAt === null ? null : outcome.passagesAt - startedAt,
      timeMs: performance.now() - startedAt,
    };
  };
}

/** Summarises for a question about the whole, as `sotto summarize` does. */
export function summarizeForEvaluation({ client, terminal }: EvaluationClient): Summarize {
  return async (documentId, question, signal) => {
    const request = { style: 'question', length: 'short', focus: question } as const;
    const { summaryId, runId } = await client.summaries.start({ documentId, request });
    await followRun(runId, { client, terminal, signal, showsText: false });
    signal.throwIfAborted();
    const { summary, status, error } = await client.summaries.get({ id: summaryId });
    if (status === 'failed' && error !== null) throw AppError.fromData(error);
    return summary.trim();
  };
}
