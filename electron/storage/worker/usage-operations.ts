import type Database from 'better-sqlite3-multiple-ciphers';
import type { Handlers, OperationsOf } from '../operations.ts';
import { localTokensSchema, usageSumSchema } from '../usage-operations.ts';
import { readRow } from './rows.ts';

const selectSum = `
  SELECT count(*) AS requests, coalesce(sum(input_tokens), 0) AS inputTokens,
    coalesce(sum(output_tokens), 0) AS outputTokens, coalesce(sum(cost_micro_dollars), 0) AS costMicroDollars
  FROM ledger WHERE purpose = 'provider' AND outcome <> 'refused'`;

const selectLocalTokens = `
  SELECT coalesce(sum(json_extract(usage, '$.inputTokens')), 0) AS inputTokens,
    coalesce(sum(json_extract(usage, '$.outputTokens')), 0) AS outputTokens
  FROM messages
  WHERE created_at >= ? AND created_at < ? AND role = 'assistant' AND usage IS NOT NULL
    AND coalesce(json_extract(route, '$.zone'), 'local') = 'local'`;

/** The work behind the sums of what was used. They are asked for rarely, so nothing is prepared beforehand. */
export function createUsageOperations(database: Database): Handlers<OperationsOf<'usage'>> {
  const sum = (where: string, ...values: readonly (string | number)[]) =>
    readRow(usageSumSchema, database.prepare(`${selectSum} AND ${where}`).get(...values));

  return {
    'usage.month': ({ from, until }) => sum('at >= ? AND at < ?', from, until),
    'usage.conversation': (id) => sum('conversation_id = ?', id),
    'usage.localTokens': ({ from, until }) =>
      readRow(localTokensSchema, database.prepare(selectLocalTokens).get(from, until)),
  };
}
