import type { FindingKind } from '../shared/screening.ts';
import type { Coverage, Summary, SummarySection, SummaryStatement } from '../shared/summary.ts';
import { noUsage, type Usage } from '../shared/usage.ts';

function statementJson({ text, isExtract, quotes }: SummaryStatement) {
  return {
    text,
    isExtract,
    pages: pagesOf(quotes.map(({ place }) => place)),
    quotes: quotes.map(({ place, quote }) => ({ page: place.page ?? null, lines: place.lines ?? null, quote })),
  };
}

/** The pages of some places, each once, in order. */
function pagesOf(places: readonly SummarySection['place'][]): readonly number[] {
  return [...new Set(places.flatMap(({ page }) => page ?? []))].sort((one, other) => one - other);
}

/** What was noticed in a summary, each kind once. */
export function noticedIn({ statements, sections }: Pick<Summary, 'statements' | 'sections'>): readonly FindingKind[] {
  const all = [...statements, ...sections.flatMap((section) => section.statements)];
  return [...new Set(all.flatMap(({ findings = [] }) => findings.map(({ kind }) => kind)))];
}

function documentJson(one: Summary) {
  const { documentName, summary, sections, coverage, style, statements, status, modelName } = one;
  return {
    document: documentName,
    style,
    status,
    summary: summary.trim(),
    statements: statements.map(statementJson),
    sections: sections.map(({ title, place, summary: text, statements: own }) => ({
      document: documentName,
      title,
      pages: pagesOf([place, ...own.flatMap(({ quotes }) => quotes.map((quote) => quote.place))]),
      lines: place.lines ?? null,
      summary: text.trim(),
    })),
    coverage,
    noticed: noticedIn(one),
    model: modelName,
  };
}

const noCoverage: Coverage = { sections: 0, sectionsRead: 0, characters: 0, charactersRead: 0 };

function addCoverage(sum: Coverage, next: Coverage): Coverage {
  return {
    sections: sum.sections + next.sections,
    sectionsRead: sum.sectionsRead + next.sectionsRead,
    characters: sum.characters + next.characters,
    charactersRead: sum.charactersRead + next.charactersRead,
  };
}

function addUsage(sum: Usage, next: Usage): Usage {
  return {
    inputTokens: sum.inputTokens + next.inputTokens,
    reusedTokens: sum.reusedTokens + next.reusedTokens,
    outputTokens: sum.outputTokens + next.outputTokens,
    timeToFirstTokenMs: sum.timeToFirstTokenMs ?? next.timeToFirstTokenMs,
    tokensPerSecond: sum.tokensPerSecond ?? next.tokensPerSecond,
  };
}

/**
 * What `sotto summarize --json` prints: the fields of one document at the top, and for several documents what they have
 * together, with each of them under `summaries`.
 */
export function summariesJson(summaries: readonly Summary[], files: readonly string[], isStopped: boolean): object {
  const all = summaries.map(documentJson);
  const [only] = all;
  const usage = summaries.map((summary) => summary.usage ?? noUsage).reduce(addUsage, noUsage);
  if (all.length === 1 && only !== undefined) return { ...only, usage, files, isStopped };
  return {
    summary: all.map(({ document, summary }) => `${document}\n\n${summary}`).join('\n\n'),
    sections: all.flatMap(({ sections }) => sections),
    coverage: all.map(({ coverage }) => coverage).reduce(addCoverage, noCoverage),
    noticed: [...new Set(all.flatMap(({ noticed }) => noticed))],
    model: summaries[0]?.modelName ?? null,
    usage,
    summaries: all,
    files,
    isStopped,
  };
}
