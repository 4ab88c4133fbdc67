import type { SummarySection, SummaryStatement, SummaryStyle } from '../../shared/summary.ts';

const joined = (statements: readonly SummaryStatement[]): string => statements.map(({ text }) => text).join(' ');
const bullets = (statements: readonly SummaryStatement[]): string =>
  statements.map(({ text }) => `- ${text}`).join('\n');

/** True when a statement rests on a place in the section. */
export function isOfSection({ quotes }: SummaryStatement, { place }: Pick<SummarySection, 'place'>): boolean {
  const first = quotes[0]?.place.start;
  return first !== undefined && first >= place.start && first < place.end;
}

/** Statements by the section in which they rest first, in the order of the document. */
export function bySection(
  statements: readonly SummaryStatement[],
  sections: readonly SummarySection[],
): readonly { readonly title: string; readonly statements: readonly SummaryStatement[] }[] {
  const groups = sections.map((section) => ({
    title: section.title,
    statements: statements.filter((statement) => isOfSection(statement, section)),
  }));
  const grouped = new Set(groups.flatMap((group) => group.statements));
  const rest = { title: '', statements: statements.filter((statement) => !grouped.has(statement)) };
  return [...groups, rest].filter((group) => group.statements.length > 0);
}

/** The statements as one text in the form of the style: Markdown bullets, paragraphs by section, or parts with headings. */
export function renderSummary(
  style: SummaryStyle,
  statements: readonly SummaryStatement[],
  sections: readonly SummarySection[],
): string {
  switch (style) {
    case 'key-points':
    case 'actions':
      return bullets(statements);
    case 'one-sentence':
    case 'question':
    case 'instructions':
      return joined(statements);
    case 'page':
      return bySection(statements, sections)
        .map((group) => joined(group.statements))
        .join('\n\n');
    case 'by-section':
      return bySection(statements, sections)
        .map((group) => `${group.title === '' ? '' : `## ${group.title}\n\n`}${bullets(group.statements)}`)
        .join('\n\n');
  }
}
