import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppClient } from '../../app/app-client.ts';
import { createPrivacyService } from '../../services/privacy/create-privacy-service.ts';
import { ledgerQuerySchema } from '../../shared/ledger-query.ts';
import type { LedgerQueryInput } from '../../shared/ledger-query.ts';
import { createWords } from '../../shared/words.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildLedgerEntry } from '../../testing/build-ledger-entry.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { CommandValues } from '../command.ts';
import type { CommandInput } from '../command.ts';
import { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';
import { ledgerCommand } from './ledger.ts';

let storage: Storage;
let folder: string;
beforeEach(async () => {
  storage = await openTestStorage();
  folder = await mkdtemp(join(tmpdir(), 'sotto-ledger-'));
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});

/** The command over the real ledger in a real database. */
async function run(options: Record<string, string | boolean> = {}) {
  const privacy = createPrivacyService({
    storage,
    settings: { update: async () => await Promise.reject(new Error('It changes no setting.')) },
  });
  const client = {
    privacy: {
      ledger: async (query: LedgerQueryInput) => await privacy.ledger(ledgerQuerySchema.parse(query)),
      verify: privacy.verify,
      exportLines: async () => await Promise.resolve(privacy.exportLines()),
    },
  } as unknown as AppClient; // The calls that the command makes.
  const screen: string[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => stdin });
  const output = { isTTY: false, write: (text: string) => screen.push(text) > 0 };
  const terminal = new Terminal(
    createWords('en'),
    { stdin, stderr: output, stdout: output } as unknown as ConstructorParameters<typeof Terminal>[1], // as above
    false,
  );
  const session = { client, [Symbol.asyncDispose]: async () => await Promise.resolve() };
  const input = {
    options: new CommandValues(options),
    positionals: [],
    terminal,
    signal: new AbortController().signal,
    openSession: async () => await Promise.resolve(session),
  } as unknown as CommandInput; // The command looks at nothing else.
  const { json, exitCode = 0 } = await ledgerCommand.run(input);
  return { json, exitCode, screen: screen.join('') };
}

const november = new Date(2026, 10, 30, 23, 59).getTime();

describe('sotto ledger', () => {
  it('shows what was asked for, newest first, with tokens and money', async () => {
    const question = buildLedgerEntry({
      at: november,
      host: 'api.example.org',
      purpose: 'provider',
      askedBy: 'chat',
      outcome: 'completed',
      bytesSent: 12,
      inputTokens: 1_200,
      outputTokens: 34,
      costMicroDollars: 4_200,
    });
    const later = buildLedgerEntry({ at: new Date(2026, 11, 1).getTime(), host: 'hub.example.org' });
    for (const entry of [question, later]) await storage.ledger.insert(entry);

    expect((await run()).json).toMatchObject({ entries: [{ id: later.id }, { id: question.id }], total: 2 });
    const ofMonth = await run({ month: '2026-11', purpose: 'provider', host: 'API' });
    expect(ofMonth.json).toMatchObject({ entries: [{ id: question.id }], total: 1 });
    expect(ofMonth.screen).toMatch(
      /completed\s+api\.example\.org\s+provider\s+chat\s+12 ↑ 0 ↓\s+1200 \+ 34 tokens\s+\$0\.0042/,
    );
    const first = await run({ limit: '1' });
    expect(first.json).toMatchObject({ entries: [{ id: later.id }], total: 2 });
    expect(first.screen).toMatch(/1 .*2/);
  });

  it('says whether the chain is whole', async () => {
    await storage.ledger.insert(buildLedgerEntry());
    const { json, exitCode, screen } = await run({ verify: true });
    expect(json).toMatchObject({ check: { status: 'whole', entries: 1, unchained: 0 } });
    expect(exitCode).toBe(0);
    expect(screen).not.toContain('ledger.');
  });

  // Catches an export that stops with a page, and one that says it wrote a file and did not.
  it('writes every entry to a file, and an empty file for none', async () => {
    const path = join(folder, 'ledger.jsonl');
    expect((await run({ export: path })).json).toMatchObject({ file: path });
    expect(await readFile(path, 'utf8')).toBe('');
    for (let at = 0; at < 3; at += 1) await storage.ledger.insert(buildLedgerEntry({ at }));
    await run({ export: path, limit: '1' });
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { readonly at: number }).at)).toEqual([0, 1, 2]);
  });

  it.each([{ month: '2026-13' }, { purpose: 'fun' }, { limit: '0' }])('does not understand %j', async (options) => {
    await expect(run(options)).rejects.toBeInstanceOf(WrongValueError);
  });
});
