import { localPath } from '../../app/door-options.ts';
import type { AppClient } from '../../app/app-client.ts';
import { egressPurposeSchema } from '../../shared/ledger-entry.ts';
import type { EgressPurpose, LedgerEntry } from '../../shared/ledger-entry.ts';
import type { LedgerCheck } from '../../shared/ledger-query.ts';
import { monthAround } from '../../shared/month-around.ts';
import type { Command } from '../command.ts';
import { ExportFiles, exportTarget } from '../export-files.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError, wholeNumber } from '../wrong-value-error.ts';

/** `sotto ledger`: what left the machine, or was refused before it could. */
export const ledgerCommand: Command = {
  name: 'ledger',
  usage: '[--host TEXT] [--purpose PURPOSE] [--month YYYY-MM] [--limit N] [--verify] [--export FILE]',
  words: 'command.ledger',
  options: {
    host: { type: 'string', placeholder: 'TEXT', words: 'option.ledgerHost' },
    purpose: { type: 'string', placeholder: 'PURPOSE', words: 'option.purpose' },
    month: { type: 'string', placeholder: 'YYYY-MM', words: 'option.month' },
    limit: { type: 'string', placeholder: 'N', words: 'option.limit' },
    verify: { type: 'boolean', words: 'option.ledgerVerify' },
    export: { type: 'string', placeholder: 'FILE', words: 'option.ledgerExport' },
  },
  positionals: [0, 0],
  examples: ['sotto ledger', 'sotto ledger --month 2026-11 --verify', 'sotto ledger --export ledger.jsonl'],
  run: async ({ options, terminal, signal, openSession }) => {
    const limit = wholeNumber('--limit', options.text('limit'), { least: 1, most: 1_000, otherwise: 200 });
    const query = {
      text: options.text('host') ?? '',
      purpose: purposeOf(options.text('purpose')),
      ...spanOf(options.text('month')),
      limit,
    };
    const output = options.text('export');
    await using session = await openSession();
    const { client } = session;
    const { entries, total } = await client.privacy.ledger(query);
    if (entries.length === 0) terminal.print(terminal.t('terminal:ledger.empty'));
    for (const entry of entries) terminal.print(lineOf(entry, terminal));
    if (total > entries.length) terminal.note(terminal.t('terminal:ledger.more', { shown: entries.length, total }));
    const check = options.has('verify') ? await client.privacy.verify() : null;
    if (check !== null) printCheck(check, terminal);
    const file = output === undefined ? null : await exportLines(client, localPath(output, process.cwd()), signal);
    if (file !== null) terminal.print(file);
    return {
      json: { entries, total, ...(check === null ? {} : { check }), ...(file === null ? {} : { file }) },
      ...(check?.status === 'broken' ? { exitCode: 1 } : {}),
    };
  },
};

function lineOf(entry: LedgerEntry, { t }: Terminal): string {
  const { at, host, purpose, askedBy, outcome, bytesSent, bytesReceived } = entry;
  const { inputTokens: input, outputTokens: output, costMicroDollars } = entry;
  const isCounted = input !== null || output !== null;
  const tokens = isCounted ? [t('terminal:ledger.tokens', { input: input ?? 0, output: output ?? 0 })] : [];
  const cost = costMicroDollars === null ? [] : [`$${(costMicroDollars / 1e6).toFixed(4)}`];
  const traffic = `${bytesSent} ↑ ${bytesReceived} ↓`;
  return [new Date(at).toISOString(), outcome.padEnd(9), host, purpose, askedBy, traffic, ...tokens, ...cost].join(
    '  ',
  );
}

function purposeOf(typed: string | undefined): EgressPurpose | null {
  if (typed === undefined) return null;
  const purpose = egressPurposeSchema.safeParse(typed);
  if (!purpose.success) throw new WrongValueError('--purpose', typed, egressPurposeSchema.options.join(', '));
  return purpose.data;
}

/** The calendar month of this machine. */
function spanOf(typed: string | undefined): { readonly from?: number; readonly until?: number } {
  if (typed === undefined) return {};
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(typed) ?? [];
  if (year === undefined || month === undefined) throw new WrongValueError('--month', typed, 'YYYY-MM');
  return monthAround(new Date(Number(year), Number(month) - 1, 1).getTime()).span;
}

function printCheck(check: LedgerCheck, terminal: Terminal): void {
  if (check.status === 'whole') {
    terminal.print(terminal.t('terminal:ledger.whole', { count: check.entries }));
    if (check.unchained > 0) terminal.print(terminal.t('terminal:ledger.unchained', { count: check.unchained }));
  } else {
    const at = new Date(check.at).toISOString();
    terminal.print(terminal.t('terminal:ledger.broken', { id: check.entryId, at, count: check.entries }));
  }
}

/** Every entry, oldest first, a line each; all of them or no file. */
async function exportLines(client: AppClient, output: string, signal: AbortSignal): Promise<string> {
  const files = new ExportFiles(await exportTarget(output, { hasSeveralFiles: false, extension: '.jsonl' }));
  try {
    // A ledger without entries is a file without lines.
    await files.write('ledger.jsonl', '');
    for await (const line of await client.privacy.exportLines(undefined, { signal })) {
      await files.write('ledger.jsonl', `${line}\n`);
    }
    signal.throwIfAborted();
    await files.end();
  } finally {
    await files.abandon();
  }
  return files.paths[0] ?? output;
}
