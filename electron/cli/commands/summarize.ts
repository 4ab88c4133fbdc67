import { extname } from 'node:path';
import type { AppClient } from '../../app/app-client.ts';
import { localPath } from '../../app/door-options.ts';
import { AppError } from '../../shared/app-error.ts';
import {
  summaryLengthSchema,
  summaryStyleSchema,
  type Summary,
  type SummaryLength,
  type SummaryStatement,
  type SummaryStyle,
} from '../../shared/summary.ts';
import { addDocument } from '../add-document.ts';
import type { Command, CommandInput } from '../command.ts';
import { ExportFiles, exportTarget } from '../export-files.ts';
import { followRun } from '../follow-run.ts';
import { modelChange } from '../model-option.ts';
import type { Session } from '../session.ts';
import { noticedIn, summariesJson } from '../summary-json.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

/** `sotto summarize`: documents of any length, every part of them read. */
export const summarizeCommand: Command = {
  name: 'summarize',
  usage:
    '[--style STYLE] [--length LENGTH] [--question TEXT | --instructions TEXT] [--output PATH] [--model MODEL] PATH…',
  words: 'command.summarize',
  options: {
    style: { type: 'string', placeholder: 'STYLE', words: 'option.style' },
    length: { type: 'string', placeholder: 'LENGTH', words: 'option.length' },
    question: { type: 'string', placeholder: 'TEXT', words: 'option.question' },
    instructions: { type: 'string', placeholder: 'TEXT', words: 'option.instructions' },
    output: { type: 'string', placeholder: 'PATH', words: 'option.summaryOutput' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
  },
  positionals: [1, 1_000],
  examples: [
    'sotto summarize minutes.md',
    'sotto summarize --style page --json book.pdf',
    'sotto summarize --question "What was decided?" --output minutes.docx minutes.md',
  ],
  run: async (input) => {
    const wish = wishOf(input);
    const output = await outputOf(input);
    await using session = await input.openSession(modelChange(input.options));
    const style = wish.style ?? (await session.client.settings.get()).summaryStyle;
    const summaries: Summary[] = [];
    for (const path of input.positionals) {
      if (input.signal.aborted) break;
      const summary = await summarize(path, { ...wish, style }, session, input);
      printSummary(summary, input.terminal, input.positionals.length > 1);
      if (output !== null) await writeFile(summary, output, session.client);
      summaries.push(summary);
    }
    const files = output?.files.paths ?? [];
    for (const path of files) input.terminal.note(path);
    const isStopped = summaries.some(({ status }) => status !== 'complete') || input.signal.aborted;
    return { json: summariesJson(summaries, files, isStopped), exitCode: isStopped ? 1 : 0 };
  },
};

type Wish = { readonly style: SummaryStyle | null; readonly length: SummaryLength; readonly focus: string };

/** What is asked for. Throws WrongValueError where options contradict each other. */
function wishOf({ options }: CommandInput): Wish {
  const typedLength = options.text('length') ?? 'medium';
  const length = summaryLengthSchema.safeParse(typedLength);
  if (!length.success) throw new WrongValueError('--length', typedLength, summaryLengthSchema.options.join(', '));
  const typed = options.text('style');
  const style = typed === undefined ? null : summaryStyleSchema.safeParse(typed);
  if (style?.success === false)
    throw new WrongValueError('--style', typed ?? '', summaryStyleSchema.options.join(', '));
  const asked = (['question', 'instructions'] as const).filter((name) => options.has(name));
  const [focusStyle, second] = asked;
  if (second !== undefined) throw new WrongValueError('--instructions', options.text(second) ?? '', '--question');
  const named = style?.data ?? null;
  if (focusStyle === undefined) {
    if (named === 'question' || named === 'instructions') throw new WrongValueError(`--${named}`, '', 'TEXT');
    return { style: named, length: length.data, focus: '' };
  }
  if (named !== null && named !== focusStyle) throw new WrongValueError('--style', named, focusStyle);
  const focus = (options.text(focusStyle) ?? '').trim();
  if (focus === '') throw new WrongValueError(`--${focusStyle}`, '', 'TEXT');
  return { style: focusStyle, length: length.data, focus };
}

type Output = { readonly files: ExportFiles; readonly format: 'markdown' | 'docx' | 'pdf' };

const formats = new Map([
  ['', 'markdown'],
  ['.md', 'markdown'],
  ['.docx', 'docx'],
  ['.pdf', 'pdf'],
] as const);

/** The file or the folder to write to, looked at before anything is read. Throws WrongValueError and AppError `disk/*`. */
async function outputOf({ options, positionals }: CommandInput): Promise<Output | null> {
  const typed = options.text('output');
  if (typed === undefined) return null;
  const extension = [...formats.keys()].find((known) => known === extname(typed).toLowerCase());
  const format = extension === undefined ? undefined : formats.get(extension);
  if (extension === undefined || format === undefined) throw new WrongValueError('--output', typed, '.md, .docx, .pdf');
  const target = { hasSeveralFiles: positionals.length > 1, extension: extension === '' ? '.md' : extension };
  return { files: new ExportFiles(await exportTarget(localPath(typed, process.cwd()), target)), format };
}

async function writeFile({ id }: Summary, { files, format }: Output, client: AppClient): Promise<void> {
  try {
    const { name, file } = await client.summaries.export({ id, format });
    await files.write(name, new Uint8Array(await file.arrayBuffer()));
    await files.end();
  } finally {
    await files.abandon();
  }
}

async function summarize(
  path: string,
  wish: Wish & { readonly style: SummaryStyle },
  session: Session,
  { terminal, signal }: CommandInput,
): Promise<Summary> {
  const { client } = session;
  const document = await addDocument(path, { client, terminal, signal });
  const { summaryId, runId } = await client.summaries.start({ documentId: document.id, request: wish });
  await followRun(runId, { client, terminal, signal, showsText: false });
  const summary = await client.summaries.get({ id: summaryId });
  if (summary.status === 'failed')
    throw AppError.fromData(summary.error ?? new AppError('app/unexpected', 'The summary failed').toData());
  return summary;
}

/** A statement with where it stands, as it is read in a terminal. */
function statementLine({ text, quotes }: SummaryStatement, { t }: Terminal): string {
  const pages = [...new Set(quotes.flatMap(({ place }) => place.page ?? []))];
  const lines = quotes[0]?.place.lines;
  const where = pages.length > 0 ? `p. ${pages.join(', ')}` : lines === undefined ? '' : t('terminal:ask.lines', lines);
  return `- ${text}${where === '' ? '' : ` [${where}]`}`;
}

function printSummary(summary: Summary, terminal: Terminal, namesDocument: boolean): void {
  const { t } = terminal;
  if (namesDocument) terminal.print(`${summary.documentName}\n`);
  const isList = summary.style === 'key-points' || summary.style === 'actions';
  const text = isList ? summary.statements.map((one) => statementLine(one, terminal)).join('\n') : summary.summary;
  terminal.print(`${text.trim()}\n`);
  if (summary.sections.length > 1 && summary.style !== 'by-section') {
    terminal.print(`${t('terminal:summarize.sections')}:`);
    for (const { title, summary: said, statements } of summary.sections) {
      const lines = statements.map((one) => statementLine(one, terminal)).join('\n');
      terminal.print(`\n${title}\n${lines === '' ? said.trim() : lines}`);
    }
    terminal.print('');
  }
  for (const kind of noticedIn(summary)) {
    terminal.note(t(`terminal:ask.noticed.${kind}`, { what: t('terminal:ask.noticedIn.summary') }));
  }
  const { sectionsRead, characters, charactersRead, unreadablePages = [] } = summary.coverage;
  terminal.note(t('terminal:summarize.coverage', { read: charactersRead, all: characters, count: sectionsRead }));
  if (unreadablePages.length > 0)
    terminal.note(t('terminal:summarize.unreadable', { pages: unreadablePages.join(', ') }));
}
