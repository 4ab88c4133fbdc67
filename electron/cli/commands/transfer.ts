import { localPath } from '../../app/door-options.ts';
import type { AppClient } from '../../app/app-client.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { exportFormatSchema } from '../../shared/transfer.ts';
import type { ExportFormat, ImportReport } from '../../shared/transfer.ts';
import type { Command, CommandInput } from '../command.ts';
import { ExportFiles, exportTarget } from '../export-files.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

/** `sotto export`: conversations as files. */
export const exportCommand: Command = {
  name: 'export',
  usage: '[--format FORMAT] [--output PATH] [TITLE-OR-ID…]',
  words: 'command.export',
  options: {
    format: { type: 'string', placeholder: 'FORMAT', words: 'option.format' },
    output: { type: 'string', placeholder: 'PATH', words: 'option.output' },
  },
  positionals: [0, 1_000],
  examples: ['sotto export --output chats.json', 'sotto export --format markdown --output notes "Bread"'],
  run: async (input) => {
    const { options, positionals, terminal, openSession } = input;
    const format = formatOf(options.text('format'));
    const output = localPath(options.text('output') ?? '.', process.cwd());
    await using session = await openSession();
    const conversations = await session.client.conversations.list();
    const chosen = positionals.length === 0 ? null : positionals.flatMap((typed) => find(typed, conversations));
    const isMarkdown = format === 'markdown';
    const target = {
      hasSeveralFiles: isMarkdown && chosen?.length !== 1,
      extension: isMarkdown ? '.md' : `.${format}`,
    };
    const files = new ExportFiles(await exportTarget(output, target));
    await writeExport({ client: session.client, files, format, ids: chosen?.map(({ id }) => id) ?? null }, input);
    const { paths } = files;
    const t = terminal.words.getFixedT(null, 'transfer');
    for (const path of paths) terminal.print(path);
    if (paths.length > 0) terminal.note(t('export.done', { count: paths.length, name: paths[0] }));
    const count = chosen?.length ?? conversations.filter(({ isPrivate }) => !isPrivate).length;
    return { json: { format, files: paths, conversations: count } };
  },
};

function formatOf(typed = 'json'): ExportFormat {
  const format = exportFormatSchema.safeParse(typed);
  if (!format.success) throw new WrongValueError('--format', typed, exportFormatSchema.options.join(', '));
  return format.data;
}

/** The conversation of this id, or all of this title. */
function find(typed: string, conversations: readonly Conversation[]): readonly Conversation[] {
  const wanted = typed.trim().toLowerCase();
  const found = conversations.filter(({ id, title }) => id === wanted || title.toLowerCase() === wanted);
  if (found.length === 0) throw new AppError('app/not-found', 'No chat is called so.', { kind: 'conversation' });
  return found;
}

type Writing = {
  readonly client: AppClient;
  readonly files: ExportFiles;
  readonly format: ExportFormat;
  readonly ids: Conversation['id'][] | null;
};

async function writeExport({ client, files, format, ids }: Writing, { terminal, signal }: CommandInput): Promise<void> {
  terminal.progress(terminal.words.getFixedT(null, 'transfer')('export.running'));
  try {
    const pieces = await client.transfer.export({ conversationIds: ids, format }, { signal });
    for await (const { fileName, text } of pieces) await files.write(fileName, text);
    // A cancelled export ends like a finished one, with less in it.
    signal.throwIfAborted();
    await files.end();
  } finally {
    await files.abandon();
  }
}

/** `sotto import`: takes in the conversations of a file. */
export const importCommand: Command = {
  name: 'import',
  usage: 'PATH',
  words: 'command.import',
  options: {},
  positionals: [1, 1],
  examples: ['sotto import ~/Downloads/chatgpt-export.zip', 'sotto import chats.json --json'],
  run: async ({ positionals, terminal, signal, openSession }) => {
    const path = localPath(positionals[0] ?? '', process.cwd());
    await using session = await openSession();
    const { client } = session;
    const { ticket, name } = await client.files.ticketForPath({ path });
    terminal.progress(terminal.words.getFixedT(null, 'transfer')('import.running', { name }));
    const report = await client.transfer.import({ ticket }, { signal });
    printReport(report, terminal);
    return { json: report };
  },
};

function printReport({ source, conversations, messages, skipped }: ImportReport, terminal: Terminal): void {
  const t = terminal.words.getFixedT(null, 'transfer');
  const number = new Intl.NumberFormat(terminal.language);
  const counted = (count: number) => ({ count, number: number.format(count) });
  terminal.print(t('import.from', { source: t(`source.${source}`) }));
  const taken = { chats: t('count.chats', counted(conversations)), messages: t('count.messages', counted(messages)) };
  terminal.print(conversations === 0 ? t('import.nothing') : t('import.taken', taken));
  if (skipped.length > 0) terminal.print(`${t('import.leftOut')}:`);
  for (const { reason, count, examples } of skipped) {
    terminal.print(`  ${t(`skipped.${reason}`, counted(count))}`);
    for (const example of examples) terminal.print(`    ${example}`);
  }
}
