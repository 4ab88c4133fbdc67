import type Database from 'better-sqlite3-multiple-ciphers';
import type { SummaryId } from '../../shared/ids.ts';
import { summarySchema } from '../../shared/summary.ts';
import type { Summary } from '../../shared/summary.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = summarySchema.unwrap().shape;
const rowSchema = summarySchema.unwrap().extend({
  sections: jsonColumn(shape.sections),
  coverage: jsonColumn(shape.coverage),
  usage: jsonColumn(shape.usage.unwrap()).nullable(),
  error: jsonColumn(shape.error.unwrap()).nullable(),
});

const select = `
  SELECT id, document_id AS documentId, document_name AS documentName, style, status, run_id AS runId, summary,
    sections, coverage, model_name AS modelName, usage, error, created_at AS createdAt
  FROM summaries WHERE deleted_at IS NULL`;

/** The columns that may change, in the order in which both statements take them. */
function changeable({ documentName, style, status, runId, summary, sections, coverage, ...rest }: Summary) {
  const { modelName, usage, error } = rest;
  return [
    documentName,
    style,
    status,
    runId,
    summary,
    JSON.stringify(sections),
    JSON.stringify(coverage),
    modelName,
    usage && JSON.stringify(usage),
    error && JSON.stringify(error),
  ] as const;
}

/** The work behind the repository of summaries. */
export function createSummaryOperations(database: Database): Handlers<OperationsOf<'summaries'>> {
  const selectAll = database.prepare(`${select} ORDER BY created_at DESC, id DESC`);
  const selectOne = database.prepare(`${select} AND id = ?`);
  const insert = database.prepare(`
    INSERT INTO summaries (document_name, style, status, run_id, summary, sections, coverage, model_name, usage, error,
      id, document_id, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare(`
    UPDATE summaries SET document_name = ?, style = ?, status = ?, run_id = ?, summary = ?, sections = ?, coverage = ?,
      model_name = ?, usage = ?, error = ?
    WHERE id = ?`);
  const remove = database.prepare('UPDATE summaries SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE summaries SET deleted_at = NULL WHERE id = ?');
  const stopRunning = database.prepare(
    "UPDATE summaries SET status = 'stopped', run_id = NULL WHERE status = 'running'",
  );
  const get = (id: SummaryId) => readOptionalRow(rowSchema, selectOne.get(id));

  return {
    'summaries.list': () => readRows(rowSchema, selectAll.all()),
    'summaries.get': get,
    'summaries.insert': (summary) => {
      insert.run(...changeable(summary), summary.id, summary.documentId, summary.createdAt);
    },
    'summaries.update': database.transaction((id, change) => {
      const next = summarySchema.parse({ ...requireFound(get(id), 'summary'), ...change });
      update.run(...changeable(next), id);
    }),
    'summaries.remove': (id, deletedAt) => requireChanged(remove.run(deletedAt, id), 'summary'),
    'summaries.restore': (id) => requireChanged(restore.run(id), 'summary'),
    'summaries.stopRunning': () => stopRunning.run().changes,
  };
}
