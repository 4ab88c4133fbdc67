import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { summaryIdSchema } from '../../shared/ids.ts';
import type { SummaryId } from '../../shared/ids.ts';
import { summaryNodeSchema, summarySchema } from '../../shared/summary.ts';
import type { Summary } from '../../shared/summary.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, readRows, requireChanged, requireFound } from './rows.ts';

const shape = summarySchema.unwrap().shape;
const rowSchema = summarySchema.unwrap().extend({
  statements: jsonColumn(shape.statements),
  sections: jsonColumn(shape.sections),
  coverage: jsonColumn(shape.coverage),
  usage: jsonColumn(shape.usage.unwrap()).nullable(),
  error: jsonColumn(shape.error.unwrap()).nullable(),
});

const nodeShape = summaryNodeSchema.unwrap().shape;
const nodeRowSchema = summaryNodeSchema.unwrap().extend({
  place: jsonColumn(nodeShape.place),
  statements: jsonColumn(nodeShape.statements),
});
const idRowSchema = z.object({ id: summaryIdSchema });

const select = `
  SELECT id, document_id AS documentId, document_name AS documentName, style, length, focus, status,
    run_id AS runId, summary, statements, sections, coverage, model_name AS modelName, usage, error, created_at AS createdAt
  FROM summaries WHERE deleted_at IS NULL`;

/** The columns that may change, in the order in which both statements take them. */
function changeable({ documentName, style, status, runId, summary, sections, coverage, ...rest }: Summary) {
  const { length, focus, statements, modelName, usage, error } = rest;
  return [
    documentName,
    style,
    length,
    focus,
    status,
    runId,
    summary,
    JSON.stringify(statements),
    JSON.stringify(sections),
    JSON.stringify(coverage),
    modelName,
    usage && JSON.stringify(usage),
    error && JSON.stringify(error),
  ] as const;
}

/** The work behind the trees of summaries. */
function createNodeOperations(database: Database): Handlers<`summaries.${'putNode' | 'nodes' | 'latestTree'}`> {
  const selectSummary = database.prepare('SELECT id FROM summaries WHERE id = ? AND deleted_at IS NULL');
  const put = database.prepare(`
    INSERT INTO summary_nodes (id, summary_id, level, position, title, place, statements) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (summary_id, level, position)
    DO UPDATE SET id = excluded.id, title = excluded.title, place = excluded.place, statements = excluded.statements`);
  const selectNodes = database.prepare(`
    SELECT n.id, summary_id AS summaryId, level, position AS "index", n.title, place, n.statements
    FROM summary_nodes n JOIN summaries s ON s.id = summary_id
    WHERE summary_id = ? AND deleted_at IS NULL ORDER BY level, position`);
  const selectTree = database.prepare(`
    SELECT id FROM summaries AS s
    WHERE document_id = ? AND status = 'complete' AND deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM summary_nodes WHERE summary_id = s.id)
    ORDER BY created_at DESC, id DESC LIMIT 1`);

  return {
    'summaries.putNode': (node) => {
      requireFound(selectSummary.get(node.summaryId) ?? null, 'summary');
      const { place, statements } = node;
      put.run(
        node.id,
        node.summaryId,
        node.level,
        node.index,
        node.title,
        JSON.stringify(place),
        JSON.stringify(statements),
      );
    },
    'summaries.nodes': (id) => readRows(nodeRowSchema, selectNodes.all(id)),
    'summaries.latestTree': (id) => readOptionalRow(idRowSchema, selectTree.get(id))?.id ?? null,
  };
}

/** The work behind the repository of summaries. */
export function createSummaryOperations(database: Database): Handlers<OperationsOf<'summaries'>> {
  const selectAll = database.prepare(`${select} ORDER BY created_at DESC, id DESC`);
  const selectOne = database.prepare(`${select} AND id = ?`);
  const insert = database.prepare(`
    INSERT INTO summaries (document_name, style, length, focus, status, run_id, summary, statements, sections, coverage,
      model_name, usage, error, id, document_id, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare(`
    UPDATE summaries SET document_name = ?, style = ?, length = ?, focus = ?, status = ?, run_id = ?, summary = ?,
      statements = ?, sections = ?, coverage = ?, model_name = ?, usage = ?, error = ?
    WHERE id = ?`);
  const remove = database.prepare('UPDATE summaries SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE summaries SET deleted_at = NULL WHERE id = ?');
  const requeueRunning = database.prepare(
    "UPDATE summaries SET status = 'queued', run_id = NULL WHERE status = 'running'",
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
    'summaries.requeueRunning': () => requeueRunning.run().changes,
    ...createNodeOperations(database),
  };
}
