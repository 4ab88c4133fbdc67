import type { AnswerPart } from '../shared/answer-part.ts';
import type { RunId } from '../shared/ids.ts';
import type { RunsService } from '../services/runs/runs-service.ts';

/** Follows a run to its end and returns all its parts. */
export async function readRun(
  runs: Pick<RunsService, 'follow' | 'finished'>,
  runId: RunId,
): Promise<readonly AnswerPart[]> {
  const parts: AnswerPart[] = [];
  for await (const part of runs.follow(runId, -1, new AbortController().signal)) parts.push(part);
  await runs.finished(runId);
  return parts;
}
