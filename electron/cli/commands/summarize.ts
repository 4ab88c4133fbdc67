import type { AppClient } from '../../app/app-client.ts';
import { AppError } from '../../shared/app-error.ts';
import { summaryStyleSchema, type Coverage, type Summary, type SummaryStyle } from '../../shared/summary.ts';
import { noUsage, type Usage } from '../../shared/usage.ts';
import { addDocument } from '../add-document.ts';
import type { Command, CommandInput } from '../command.ts';
import { followRun } from '../follow-run.ts';
import { modelChange } from '../model-option.ts';
import type { Session } from '../session.ts';
import { WrongValueError } from '../wrong-value-error.ts';
import type { Terminal } from '../terminal.ts';

/** `sotto summarize`: documents of any length, every part of them read. */
export const summarizeCommand: Command = {
  name: 'summarize',
  usage: '[--style STYLE] [--model MODEL] PATH…',
  words: 'command.summarize',
  options: {
    style: { type: 'string', placeholder: 'STYLE', words: 'option.style' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
  },
  positionals: [1, 1_000],
  examples: ['sotto summarize minutes.md', 'sotto summarize --style page --json book.txt'],
  run: async (input) => {
    const chosen = styleOf(input);
    await using session = await input.openSession(modelChange(input.options));
    const style = chosen ?? (await session.client.settings.get()).summaryStyle;
    const summaries: Summary[] = [];
    for (const path of input.positionals) {
      if (input.signal.aborted) break;
      const summary = await summarize(path, style, session, input);
      printSummary(summary, input.terminal, input.positionals.length > 1);
      summaries.push(summary);
    }
    const isStopped = summaries.some(({ status }) => status === 'stopped') || input.signal.aborted;
    return { json: toJson(summaries, isStopped), exitCode: isStopped ? 1 : 0 };
  },
};

function styleOf({ options }: CommandInput): SummaryStyle | null {
  const typed = options.text('style');
  if (typed === undefined) return null;
  const style = summaryStyleSchema.safeParse(typed);
  if (!style.success) throw new WrongValueError('--style', typed, summaryStyleSchema.options.join(', '));
  return style.data;
}

async function summarize(path: string, style: SummaryStyle, session: Session, input: CommandInput): Promise<Summary> {
  const { client } = session;
  const { terminal, signal } = input;
  const document = await addDocument(path, { client, terminal, signal });
  const { summaryId, runId } = await client.summaries.start({ documentId: document.id, request: { style } });
  await followRun(runId, { client, terminal, signal, showsText: false });
  const summary = await client.summaries.get({ id: summaryId });
  if (summary.status === 'failed')
    throw AppError.fromData(summary.error ?? new AppError('app/unexpected', 'The summary failed').toData());
  return { ...summary, sections: await withLines(summary, client) };
}

/** Where a section lies in lines, which is how a text document is read in a terminal. */
async function withLines({ documentId, sections }: Summary, client: AppClient): Promise<Summary['sections']> {
  return await Promise.all(
    sections.map(async (section) => {
      const { start, end, page, lines } = section.place;
      if (page !== undefined || lines !== undefined) return section;
      const { firstLine, text } = await client.documents.excerpt({ id: documentId, start, end });
      const last = firstLine + text.trimEnd().split('\n').length - 1;
      return { ...section, place: { ...section.place, lines: { first: firstLine, last } } };
    }),
  );
}

function printSummary(summary: Summary, terminal: Terminal, namesDocument: boolean): void {
  const { t } = terminal;
  if (namesDocument) terminal.print(`${summary.documentName}\n`);
  terminal.print(`${summary.summary.trim()}\n`);
  if (summary.sections.length > 1) {
    terminal.print(`${t('terminal:summarize.sections')}:`);
    for (const { title, summary: text, place } of summary.sections) {
      const where = place.lines === undefined ? '' : ` (${t('terminal:ask.lines', place.lines)})`;
      terminal.print(`\n${title}${where}\n${text.trim()}`);
    }
    terminal.print('');
  }
  const { sectionsRead, characters, charactersRead } = summary.coverage;
  terminal.note(t('terminal:summarize.coverage', { read: charactersRead, all: characters, count: sectionsRead }));
}

function toJson(summaries: readonly Summary[], isStopped: boolean): object {
  const documents = summaries.map(documentJson);
  const only = documents.length === 1 ? documents[0] : undefined;
  return {
    summary: only?.summary ?? documents.map(({ document, summary }) => `${document}\n\n${summary}`).join('\n\n'),
    sections: documents.flatMap(({ sections }) => sections),
    coverage: summaries.map(({ coverage }) => coverage).reduce(addCoverage, noCoverage),
    model: summaries[0]?.modelName ?? null,
    usage: summaries.map(({ usage }) => usage ?? noUsage).reduce(addUsage, noUsage),
    documents,
    isStopped,
  };
}

function documentJson({ documentName, summary, sections, coverage, style }: Summary) {
  return {
    document: documentName,
    style,
    summary: summary.trim(),
    sections: sections.map(({ title, place, summary: text }) => ({
      document: documentName,
      title,
      pages: place.page === undefined ? [] : [place.page],
      lines: place.lines ?? null,
      summary: text.trim(),
    })),
    coverage,
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
