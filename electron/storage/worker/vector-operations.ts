import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { Handlers } from '../operations.ts';
import type { VectorIndex } from '../storage.ts';
import { fromCoarse, toCoarse } from './coarse-vector.ts';
import { passageRowSchema, selectPassages } from './passage-rows.ts';
import { readOptionalRow, readRow, readRows, requireFound } from './rows.ts';

const indexRowSchema = z.object({
  number: z.int(),
  modelId: modelIdSchema,
  dimensions: z.int(),
  state: z.enum(['serving', 'building']),
  removals: z.int(),
});
/** An index as its row has it. */
export type IndexRow = z.infer<typeof indexRowSchema>;

const ownerRowSchema = z.object({ number: z.int(), documentNumber: z.int() });
const vectorRowSchema = z.object({ vector: z.instanceof(Uint8Array).nullable() });

const selectIndex = `
  SELECT number, model_id AS modelId, dimensions, state, removals FROM vector_indexes WHERE state <> 'dropped'`;

/** Finds the index that answers searches. */
export function createServingReader(database: Database): () => IndexRow | null {
  const select = database.prepare(`${selectIndex} AND state = 'serving'`);
  return () => readOptionalRow(indexRowSchema, select.get());
}

/** Statements over the state of whole indexes. */
function prepareStates(database: Database) {
  // What the serving index has of each document, and what follows for its status, from the one list of what is missing.
  const recount = database.prepare(`
    UPDATE documents SET passages_indexed = ifnull(
      (SELECT passages - (
          SELECT count(*) FROM awaited_vectors a WHERE a.index_number = i.number AND a.document_number = documents.number)
        FROM vector_indexes i WHERE i.state = 'serving'), 0)`);
  const setStatus = database.prepare(`
    UPDATE documents SET status = CASE WHEN passages_indexed = passages THEN 'ready' ELSE 'indexing' END
    WHERE status <> 'failed' AND status <> CASE WHEN passages_indexed = passages THEN 'ready' ELSE 'indexing' END`);
  const removeAwaited = database.prepare('DELETE FROM awaited_vectors WHERE index_number = ?');
  // Its vectors go in batches with the next purge: all at once would hold up everybody.
  const drop = database.prepare("UPDATE vector_indexes SET state = 'dropped' WHERE number = ?");
  const serve = database.prepare("UPDATE vector_indexes SET state = 'serving' WHERE number = ?");
  // A number that no index with the same row number had: what is in memory must not be taken for this one's.
  const insert = database.prepare(
    'INSERT INTO vector_indexes (model_id, dimensions, state, removals) VALUES (?, ?, ?, abs(random() % 1000000000))',
  );
  const awaitAll = database.prepare(`
    INSERT INTO awaited_vectors SELECT ?, document_number, number FROM passages WHERE true`);

  return {
    recount: (): void => {
      recount.run();
      setStatus.run();
    },
    drop: (number: number): void => {
      drop.run(number);
      removeAwaited.run(number);
    },
    serve: (number: number): void => void serve.run(number),
    insert: (modelId: ModelId, dimensions: number, state: VectorIndex['state']): void => {
      awaitAll.run(insert.run(modelId, dimensions, state).lastInsertRowid);
    },
  };
}

type LifeNames = 'indexes' | 'openIndex' | 'promoteIndex' | 'dropIndex';

/** The work that makes indexes and lets them go. */
function createIndexLife(database: Database): Handlers<`passages.${LifeNames}`> {
  const selectAll = database.prepare(`${selectIndex} ORDER BY state DESC`);
  const selectOne = database.prepare(`${selectIndex} AND model_id = ?`);
  const countVectors = database
    .prepare('SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM awaited_vectors WHERE index_number = ?)')
    .pluck();
  const states = prepareStates(database);
  const all = (): readonly IndexRow[] => readRows(indexRowSchema, selectAll.all());
  const toIndex = ({ number, modelId, dimensions, state }: IndexRow): VectorIndex => ({
    modelId,
    dimensions,
    state,
    passages: Number(countVectors.get(number)),
  });
  const find = (modelId: ModelId): IndexRow =>
    readRow(indexRowSchema, requireFound(selectOne.get(modelId) ?? null, 'index'));

  const open = (modelId: ModelId, dimensions: number): VectorIndex => {
    const existing = all();
    const known = existing.find((index) => index.modelId === modelId);
    if (known && known.dimensions !== dimensions) {
      throw new AppError('app/invalid-input', 'The index has another number of dimensions.');
    }
    if (known) return toIndex(known);
    for (const { number, state } of existing) if (state === 'building') states.drop(number);
    const hasServing = existing.some(({ state }) => state === 'serving');
    states.insert(modelId, dimensions, hasServing ? 'building' : 'serving');
    if (!hasServing) states.recount();
    return toIndex(find(modelId));
  };
  const promote = (modelId: ModelId): void => {
    const next = find(modelId);
    if (next.state === 'serving') return;
    for (const { number, state } of all()) if (state === 'serving') states.drop(number);
    states.serve(next.number);
    states.recount();
  };
  const drop = (modelId: ModelId): void => {
    const { number, state } = find(modelId);
    states.drop(number);
    if (state === 'serving') states.recount();
  };

  return {
    'passages.indexes': () => all().map(toIndex),
    'passages.openIndex': database.transaction(open),
    'passages.promoteIndex': database.transaction(promote),
    'passages.dropIndex': database.transaction(drop),
  };
}

/** Writes vectors, leaving out passages that have one; call the result inside a transaction. */
function createVectorWriter(database: Database): Handlers['passages.insertVectors'] {
  const selectOwner = database.prepare('SELECT number, document_number AS documentNumber FROM passages WHERE id = ?');
  const take = database.prepare(
    'DELETE FROM awaited_vectors WHERE index_number = ? AND document_number = ? AND passage_number = ?',
  );
  const insert = database.prepare('INSERT INTO vectors (index_number, passage_number, vector) VALUES (?, ?, ?)');
  const count = database.prepare('UPDATE documents SET passages_indexed = passages_indexed + 1 WHERE number = ?');
  const selectOne = database.prepare(`${selectIndex} AND model_id = ?`);

  return (modelId, vectors) => {
    const index = readRow(indexRowSchema, requireFound(selectOne.get(modelId) ?? null, 'index'));
    for (const { passageId, vector } of vectors) {
      if (vector.length !== index.dimensions) {
        throw new AppError('app/invalid-input', 'A vector has another number of dimensions than its index.');
      }
      const owner = readRow(ownerRowSchema, requireFound(selectOwner.get(passageId) ?? null, 'passage'));
      if (take.run(index.number, owner.documentNumber, owner.number).changes === 0) continue;
      insert.run(index.number, owner.number, new Uint8Array(toCoarse(vector).buffer));
      if (index.state === 'serving') count.run(owner.documentNumber);
    }
  };
}

type Names = LifeNames | 'withoutVector' | 'countWithoutVector' | 'insertVectors' | 'vectors';

/** The work behind the indexes of meaning. */
export function createVectorOperations(database: Database): Handlers<`passages.${Names}`> {
  // Indexes without the passages' documents in them would offer removed ones.
  const awaited = `
    FROM awaited_vectors a JOIN vector_indexes i ON i.number = a.index_number
    JOIN documents d ON d.number = a.document_number AND d.deleted_at IS NULL
    WHERE i.model_id = ? AND i.state <> 'dropped'`;
  const selectAwaited = (condition: string) =>
    database.prepare(`
      WITH waiting AS MATERIALIZED (
        SELECT a.passage_number AS number ${awaited} ${condition}
        ORDER BY a.index_number, a.document_number, a.passage_number LIMIT ?)
      ${selectPassages} WHERE p.number IN (SELECT number FROM waiting) ORDER BY p.number`);
  const selectOfAll = selectAwaited('AND d.id NOT IN (SELECT value FROM json_each(?))');
  const selectOfOne = selectAwaited('AND d.id = ?');
  const countAwaited = database.prepare(`SELECT count(*) ${awaited}`).pluck();
  const selectVector = database.prepare(`
    SELECT (SELECT vector FROM vectors WHERE passage_number = p.number AND index_number = ?) AS vector
    FROM passages p WHERE p.id = ?`);
  const serving = createServingReader(database);

  return {
    ...createIndexLife(database),
    'passages.withoutVector': (modelId, id, limit, exceptDocuments) => {
      const except = JSON.stringify(exceptDocuments);
      const rows = id === null ? selectOfAll.all(modelId, except, limit) : selectOfOne.all(modelId, id, limit);
      return readRows(passageRowSchema, rows);
    },
    'passages.countWithoutVector': (modelId) => Number(countAwaited.get(modelId)),
    'passages.insertVectors': database.transaction(createVectorWriter(database)),
    'passages.vectors': (ids) => {
      const index = serving();
      return ids.map((id) => {
        const row = index && readOptionalRow(vectorRowSchema, selectVector.get(index.number, id));
        const vector = row?.vector;
        return vector ? fromCoarse(new Int8Array(new Uint8Array(vector).buffer)) : null;
      });
    },
  };
}
