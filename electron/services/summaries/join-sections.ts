import { createId, summaryNodeIdSchema } from '../../shared/ids.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Summary, SummaryNode, SummarySection, SummaryStatement } from '../../shared/summary.ts';
import type { StatementWriter } from './statement-writer.ts';

/** What joining needs. */
export type JoinOptions = {
  readonly summaryId: Summary['id'];
  readonly documentName: string;
  readonly writer: StatementWriter;
  /** Characters of statements that fit one prompt. */
  readonly promptCharacters: number;
  readonly putNode: (node: SummaryNode) => Promise<void>;
  /** Called after each joining with how many are done and will be, as far as known. */
  readonly onJoined: (done: number, total: number) => void;
};

/** A node of the tree; its index is where it begins in the text. */
export function buildNode(
  { summaryId, level, title, span }: Pick<SummaryNode, 'summaryId' | 'level' | 'title'> & { readonly span: Span },
  statements: readonly SummaryStatement[],
  writer: Pick<StatementWriter, 'placeOf'>,
): SummaryNode {
  const place = writer.placeOf(span);
  return { id: createId(summaryNodeIdSchema), summaryId, level, index: span.start, title, place, statements };
}

const lengthOf = ({ statements }: Pick<SummaryNode, 'statements'>): number =>
  statements.reduce((sum, { text }) => sum + text.length + 1, 0);

/** Neighbours that fit one prompt together; at least two, so that every round has fewer than the one before. */
function groupsOf(nodes: readonly SummaryNode[], promptCharacters: number): readonly (readonly SummaryNode[])[] {
  const groups: SummaryNode[][] = [];
  let length = 0;
  for (const node of nodes) {
    const group = groups.at(-1);
    if (group !== undefined && (group.length < 2 || length + lengthOf(node) <= promptCharacters)) {
      group.push(node);
      length += lengthOf(node);
    } else {
      groups.push([node]);
      length = lengthOf(node);
    }
  }
  return groups;
}

const spanOf = (nodes: readonly SummaryNode[]): Span => ({
  start: nodes[0]?.place.start ?? 0,
  end: nodes.at(-1)?.place.end ?? 0,
});

/** Joins the sections upwards, round by round, until one node is left; returns what it says. Every node is stored. */
export async function joinSections(
  sections: readonly SummarySection[],
  { summaryId, documentName, writer, promptCharacters, putNode, onJoined }: JoinOptions,
  signal: AbortSignal,
): Promise<readonly SummaryStatement[]> {
  let level = 1;
  let nodes = sections.map(({ title, place, statements }) =>
    buildNode({ summaryId, level: 1, title, span: place }, statements, writer),
  );
  for (const node of nodes) await putNode(node);
  let done = 0;
  const { whole, mergePrompt } = writer.plan;
  const isTooLong = (): boolean => nodes.reduce((sum, node) => sum + lengthOf(node), 0) > promptCharacters;
  while (mergePrompt !== null && nodes.length > 2 && isTooLong()) {
    level += 1;
    const groups = groupsOf(nodes, promptCharacters);
    const next: SummaryNode[] = [];
    for (const group of groups) {
      const statements = group.flatMap((node) => node.statements);
      const kept = await writer.merge(statements, Math.max(3, Math.ceil((2 * whole) / groups.length)), signal);
      const node = buildNode({ summaryId, level, title: group[0]?.title ?? '', span: spanOf(group) }, kept, writer);
      await putNode(node);
      next.push(node);
      done += 1;
      onJoined(done, groups.length + 1);
    }
    nodes = next;
  }
  const all = nodes.flatMap(({ statements }) => statements);
  const statements = await writer.merge(all, whole, signal);
  await putNode(
    buildNode({ summaryId, level: level + 1, title: documentName, span: spanOf(nodes) }, statements, writer),
  );
  onJoined(done + 1, done + 1);
  return statements;
}
