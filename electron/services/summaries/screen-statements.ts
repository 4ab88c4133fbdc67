import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Finding, FindingKind } from '../../shared/screening.ts';
import type { Summary, SummarySection, SummaryStatement } from '../../shared/summary.ts';
import type { ScreeningService } from '../screening/screening-service.ts';

/** By what statements are screened. */
export type StatementScreeningOptions = { readonly screening: ScreeningService; readonly logger: Logger };

/** Stands between statements, so that what is noticed in one line stays in its statement. */
const between = '\n';

/** The part of a finding that lies in the statement, from its beginning; nothing where they do not meet. */
function within({ kind, start, end }: Finding, from: number, length: number): readonly Finding[] {
  const [first, last] = [Math.max(0, start - from), Math.min(length, end - from)];
  return first < last ? [{ kind, start: first, end: last }] : [];
}

/** A statement anew: what was chosen of an earlier wording is not chosen of this one. */
function withFindings({ text, quotes, isExtract }: SummaryStatement, findings: readonly Finding[]): SummaryStatement {
  const statement = { text, quotes, isExtract };
  return findings.length === 0 ? statement : { ...statement, findings };
}

/**
 * Statements with what was noticed in them, read as one text: one sentence alone says too little. `asked` is what the model
 * was given. Screening that fails is logged, and the statements stay as they are.
 */
export async function screenStatements(
  statements: readonly SummaryStatement[],
  asked: readonly string[],
  { screening, logger }: StatementScreeningOptions,
): Promise<readonly SummaryStatement[]> {
  if (statements.length === 0) return statements;
  try {
    const screen = await screening.prepare({ asked, originals: [] });
    const findings = screen(statements.map(({ text }) => text).join(between));
    let from = 0;
    return statements.map((statement) => {
      const { length } = statement.text;
      const own = findings.flatMap((finding) => within(finding, from, length));
      from += length + between.length;
      return withFindings(statement, own);
    });
  } catch (error) {
    logger.warn('summary-screening-failed', { code: AppError.from(error).code });
    return statements;
  }
}

function allowIn(statements: readonly SummaryStatement[], allowed: readonly FindingKind[]) {
  return statements.map((statement) => (statement.findings === undefined ? statement : { ...statement, allowed }));
}

/** What a person chose to see, in every statement in which something was noticed. */
export function allowInSummary(
  { statements, sections }: Pick<Summary, 'statements' | 'sections'>,
  kinds: readonly FindingKind[],
): Pick<Summary, 'statements' | 'sections'> {
  const allowed = [...new Set(kinds)];
  const inSection = (section: SummarySection): SummarySection => ({
    ...section,
    statements: allowIn(section.statements, allowed),
  });
  return { statements: allowIn(statements, allowed), sections: sections.map(inSection) };
}
