import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FindingKind } from '../../../electron/shared/screening.ts';
import { hiddenCharacters } from '../../../electron/shared/shown-text.ts';
import type { Summary, SummaryStatement } from '../../../electron/shared/summary.ts';
import { useApi } from '../../api/api-context.tsx';
import type { ScreenedAnswer } from '../../api/use-screened-answer.ts';
import type { SummaryView } from './summary-view.ts';

/** What was noticed in a summary, and what of it a person chose to see. */
export type ScreenedSummary = Pick<ScreenedAnswer, 'text' | 'findings' | 'allowed' | 'hidden' | 'allow'>;

/** What was chosen while it grew is asked again when it is whole: only then is it kept. */
type Chosen = { readonly of: string; readonly kinds: ReadonlyMap<FindingKind, boolean> };

/** All statements as one text, and what was noticed in it. */
function joined(statements: readonly SummaryStatement[]): Pick<ScreenedSummary, 'text' | 'findings'> {
  let text = '';
  const findings = statements.flatMap((statement) => {
    const from = text.length;
    text += `${statement.text}\n`;
    return (statement.findings ?? []).map(({ kind, start, end }) => ({ kind, start: start + from, end: end + from }));
  });
  return { text, findings };
}

/** Kinds that were chosen wherever they were noticed: what came later was not seen when the choice was made. */
function storedChoice(statements: readonly SummaryStatement[]): ReadonlySet<FindingKind> {
  const noticed = statements.flatMap(({ findings = [], allowed = [] }) =>
    findings.map(({ kind }) => ({ kind, isAllowed: allowed.includes(kind) })),
  );
  const refused = new Set(noticed.filter(({ isAllowed }) => !isAllowed).map(({ kind }) => kind));
  return new Set(noticed.map(({ kind }) => kind).filter((kind) => !refused.has(kind)));
}

/** What a person decides of a summary in which something was noticed. */
export function useScreenedSummary({ id }: Pick<Summary, 'id'>, view: SummaryView): ScreenedSummary {
  const { query, queryClient } = useApi();
  const { mutate } = useMutation(
    query.summaries.allowFindings.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.summaries.key() }),
    }),
  );
  const isGrowing = view.status === 'running' || view.status === 'queued';
  const of = `${id} ${isGrowing}`;
  const [made, setMade] = useState<Chosen>({ of, kinds: new Map() });
  const chosen = made.of === of ? made.kinds : new Map<FindingKind, boolean>();
  // The same statement can stand in the whole and in its section: it is told of once.
  const unique = new Map(
    [...view.statements, ...view.sections.flatMap(({ statements }) => statements)].map((one) => [one.text, one]),
  );
  const statements = [...unique.values()];
  const allowed = new Set(storedChoice(statements));
  for (const [kind, isAllowed] of chosen) {
    if (isAllowed) allowed.add(kind);
    else allowed.delete(kind);
  }
  const { text, findings } = joined(statements);
  return {
    text,
    findings,
    allowed,
    hidden: hiddenCharacters(text, findings),
    allow: (kind, isAllowed) => {
      setMade({ of, kinds: new Map(chosen).set(kind, isAllowed) });
      const kinds = [...allowed].filter((one) => one !== kind);
      if (!isGrowing) mutate({ id, kinds: isAllowed ? [...kinds, kind] : kinds });
    },
  };
}
