import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema, createId, ledgerEntryIdSchema } from '../../shared/ids.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { LedgerEntry } from '../../shared/ledger-entry.ts';
import type { Message } from '../../shared/message.ts';
import { noUsage } from '../../shared/usage.ts';
import { buildConversation, buildMessage } from '../../testing/build-records.ts';
import type { Handlers } from '../operations.ts';
import { createHandlers } from './handlers.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let database: Database;
let handlers: Handlers;

/** What the ledger knows of a request beside its time and its end; schemas without it get it here. */
const columns = ['input_tokens', 'output_tokens', 'cost_micro_dollars', 'conversation_id'] as const;

beforeEach(() => {
  database = new Database(':memory:');
  load(database);
  migrate(database, migrations);
  const known = database.prepare("SELECT group_concat(name) AS names FROM pragma_table_info('ledger')").get();
  for (const column of columns) {
    if (!JSON.stringify(known).includes(column)) database.exec(`ALTER TABLE ledger ADD COLUMN ${column} ANY`);
  }
  handlers = createHandlers(database);
});
afterEach(() => void database.close());

function put(change: Partial<LedgerEntry>): void {
  const entry = {
    id: createId(ledgerEntryIdSchema),
    at: 100,
    purpose: 'provider',
    outcome: 'completed',
    inputTokens: 10,
    outputTokens: 1,
    costMicroDollars: 7,
    conversationId: null,
    ...change,
  };
  database
    .prepare(
      `INSERT INTO ledger (id, at, host, purpose, asked_by, outcome, bytes_sent, bytes_received, ${columns.join(', ')})
       VALUES (?, ?, 'api.example', ?, 'chat', ?, 1, 1, ?, ?, ?, ?)`,
    )
    .run(
      entry.id,
      entry.at,
      entry.purpose,
      entry.outcome,
      entry.inputTokens,
      entry.outputTokens,
      entry.costMicroDollars,
      entry.conversationId,
    );
}

const span = { from: 100, until: 200 };

describe('usage.month', () => {
  it('is nothing in an empty ledger', () => {
    const nothing = { requests: 0, inputTokens: 0, outputTokens: 0, costMicroDollars: 0 };
    expect(handlers['usage.month'](span)).toEqual(nothing);
  });

  // Catches a month that takes the first moment of the next, and money of requests that never left or that cost nothing.
  it('sums what left for large models from the first moment to before the last', () => {
    for (const at of [99, 100, 199, 200]) put({ at });
    put({ outcome: 'refused' });
    put({ purpose: 'model-download' });
    put({ outcome: 'failed', inputTokens: null, outputTokens: null, costMicroDollars: null });
    put({ outcome: 'pending', costMicroDollars: 1_000 });
    expect(handlers['usage.month'](span)).toEqual({
      requests: 4,
      inputTokens: 30,
      outputTokens: 3,
      costMicroDollars: 1_014,
    });
  });
});

describe('usage.conversation', () => {
  it('sums over all months what one conversation sent', () => {
    const id: ConversationId = createId(conversationIdSchema);
    for (const at of [1, 100_000]) put({ at, conversationId: id });
    put({ conversationId: createId(conversationIdSchema) });
    expect(handlers['usage.conversation'](id)).toMatchObject({ requests: 2, costMicroDollars: 14 });
  });
});

describe('usage.localTokens', () => {
  it('sums the answers that were computed here, those of before routes among them', () => {
    const conversation = buildConversation();
    handlers['conversations.insert'](conversation);
    const answer = (change: Partial<Message>): Message =>
      buildMessage(conversation.id, {
        role: 'assistant',
        createdAt: 150,
        usage: { ...noUsage, inputTokens: 20, outputTokens: 5 },
        ...change,
      });
    const local = { zone: 'local', reason: 'fits-local' } as const;
    const messages = [
      answer({ route: local }),
      answer({ route: null }),
      answer({ route: local, usage: null }),
      answer({ route: local, createdAt: 200 }),
      answer({ route: { zone: 'cloud', reason: 'quality-preferred' } }),
      answer({ route: { zone: 'own-server', reason: 'quality-preferred' } }),
    ];
    for (const message of messages) handlers['messages.append'](message);
    expect(handlers['usage.localTokens'](span)).toEqual({ inputTokens: 40, outputTokens: 10 });
  });
});
