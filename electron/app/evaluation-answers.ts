import { AppError } from '../shared/app-error.ts';
import type { AnswerPart } from '../shared/answer-part.ts';
import type { CitedPassage, Passage } from '../shared/document.ts';
import type { RunId } from '../shared/ids.ts';
import type { SentenceCheck } from '../shared/message.ts';
import type { Ask } from '../services/evaluation/measure-answers.ts';
import type { Summarize } from '../services/evaluation/measure-summaries.ts';
import type { AppClient } from './app-client.ts';

type Outcome = {
  readonly text: string;
  readonly passages: readonly CitedPassage[];
  readonly checks: readonly SentenceCheck[];
  readonly isWithheld: boolean;
  readonly confidence: number | null;
  readonly evidenceAt: number | null;
};

const nothing: Outcome = {
  text: '',
  passages: [],
  checks: [],
  isWithheld: false,
  confidence: null,
  evidenceAt: null,
};

function withPart(outcome: Outcome, part: AnswerPart): Outcome {
  switch (part.type) {
    case 'passages':
      return { ...outcome, passages: part.passages, evidenceAt: outcome.evidenceAt ?? performance.now() };
    case 'grounds':
      return { ...outcome, confidence: part.confidence };
    case 'text-delta':
      return { ...outcome, text: outcome.text + part.text };
    case 'sentence-check':
      return { ...outcome, checks: part.checks };
    case 'notice':
      return { ...outcome, isWithheld: outcome.isWithheld || part.name === 'not-in-documents' };
    case 'run-error':
      throw AppError.fromData(part.error);
    default:
      return outcome;
  }
}

async function follow(runId: RunId, client: AppClient, signal: AbortSignal): Promise<Outcome> {
  const stop = (): void => void client.runs.stop({ runId }).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    let outcome = nothing;
    for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) outcome = withPart(outcome, part);
    signal.throwIfAborted();
    return outcome;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The passages that an answer marks, in the order of its marks, then those that carry its sentences. */
function citations({ text, checks, passages }: Outcome): readonly Passage[] {
  const written = [...text.matchAll(/\[(\d+)\]/g)].map(([, mark]) => Number(mark));
  const marks = [...written, ...checks.flatMap((check) => (check.isSupported ? check.marks : []))];
  return [...new Set(marks)].flatMap((mark) => passages.find((one) => one.mark === mark)?.passage ?? []);
}

/** Asks through the contract, as a window does; every question in a conversation of its own. */
export function createAsker(client: AppClient): Ask {
  return async (documentId, question, signal) => {
    const startedAt = performance.now();
    const scope = { documentIds: [documentId] };
    const { runId } = await client.answers.ask({ scope, question }, { signal });
    const outcome = await follow(runId, client, signal);
    return {
      text: outcome.text.trim(),
      isWithheld: outcome.isWithheld,
      confidence: outcome.confidence,
      citations: outcome.isWithheld ? [] : citations(outcome),
      sentences: outcome.checks.length,
      supportedSentences: outcome.checks.filter(({ isSupported }) => isSupported).length,
      evidenceMs: outcome.evidenceAt === null ? null : outcome.evidenceAt - startedAt,
      timeMs: performance.now() - startedAt,
    };
  };
}

/** Summarises for a question about the whole of a document. */
export function createSummarizer(client: AppClient): Summarize {
  return async (documentId, question, signal) => {
    const request = { style: 'question', length: 'short', focus: question } as const;
    const { summaryId, runId } = await client.summaries.start({ documentId, request });
    await follow(runId, client, signal);
    const { summary, status, error } = await client.summaries.get({ id: summaryId });
    if (status === 'failed' && error !== null) throw AppError.fromData(error);
    return summary.trim();
  };
}
