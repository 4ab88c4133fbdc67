import { writeSummary } from './write-summary.ts';
import type { WriteSummaryOptions, WrittenSummary } from './write-summary.ts';

/** How partial summaries become one. */
export type MergeRequest = {
  readonly template: string;
  readonly summaries: readonly string[];
  readonly sentences: number;
  /** Characters that fit one prompt. */
  readonly stretchCharacters: number;
  /** Called after each merge with how many there were and will be, as far as known. */
  readonly onMerged: (done: number, total: number) => void;
};

/** Neighbours that fit one prompt together; at least two, so that every round has fewer than the one before. */
function groupsOf(summaries: readonly string[], stretchCharacters: number): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let length = 0;
  for (const summary of summaries) {
    const group = groups.at(-1);
    if (group !== undefined && (group.length < 2 || length + summary.length <= stretchCharacters)) {
      group.push(summary);
      length += summary.length;
    } else {
      groups.push([summary]);
      length = summary.length;
    }
  }
  return groups;
}

/** Merges upwards, round by round, until one summary is left. A single summary is returned as it is. */
export async function mergeSummaries(
  request: MergeRequest,
  options: WriteSummaryOptions,
  signal: AbortSignal,
): Promise<WrittenSummary> {
  const { template, sentences, stretchCharacters, onMerged } = request;
  let level = request.summaries.filter((summary) => summary !== '');
  let isExtract = false;
  let done = 0;
  while (level.length > 1) {
    const groups = groupsOf(level, stretchCharacters);
    const total = done + groups.length + (groups.length > 1 ? 1 : 0);
    const next: string[] = [];
    for (const group of groups) {
      const merged =
        group.length === 1
          ? { text: group.join(''), isExtract: false }
          : await writeSummary({ template, text: group.join('\n'), sentences }, options, signal);
      isExtract = merged.isExtract;
      next.push(merged.text);
      done += 1;
      onMerged(done, total);
    }
    level = next.filter((summary) => summary !== '');
  }
  return { text: level[0] ?? '', isExtract };
}
