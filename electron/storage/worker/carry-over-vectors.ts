import type Database from 'better-sqlite3-multiple-ciphers';
import { toCoarse } from './coarse-vector.ts';

/** The embedder that came with versions 1 and 2, all-MiniLM-L6-v2 in Q8_0: what all their vectors were made by. */
const firstEmbedder = { modelId: 'sha256:538c48d66d28b3b1', dimensions: 384 } as const;

/**
 * Moves the vectors of version 2 into an index of the new kind and drops the old one. A vector that is not whole is left
 * behind: its passage waits for a new one.
 */
export function carryOverVectors(database: Database): void {
  const passages = Number(database.prepare('SELECT count(*) FROM passages').pluck().get());
  if (passages > 0) {
    database
      .prepare("INSERT INTO vector_indexes (number, model_id, dimensions, state) VALUES (1, ?, ?, 'serving')")
      .run(firstEmbedder.modelId, firstEmbedder.dimensions);
    const insert = database.prepare('INSERT INTO vectors (index_number, passage_number, vector) VALUES (1, ?, ?)');
    const select = database.prepare('SELECT vector FROM passage_vectors WHERE passage_number = ?').pluck();
    for (const number of database.prepare('SELECT number FROM passages').pluck().all()) {
      // One at a time: all of them at once would not fit a small machine. The table takes 64-bit integers only.
      const vector = select.get(BigInt(Number(number)));
      if (!(vector instanceof Uint8Array) || vector.length !== firstEmbedder.dimensions * 4) continue;
      // A copy of its own begins at a multiple of four, where floats may be read.
      const floats = new Float32Array(new Uint8Array(vector).buffer);
      insert.run(Number(number), new Uint8Array(toCoarse(floats).buffer));
    }
    database.exec(`
      INSERT INTO awaited_vectors SELECT 1, document_number, number FROM passages
        WHERE number NOT IN (SELECT passage_number FROM vectors);
      UPDATE documents SET passages_indexed = passages - (
        SELECT count(*) FROM awaited_vectors WHERE index_number = 1 AND document_number = documents.number);
      UPDATE documents SET status = 'indexing' WHERE status = 'ready' AND passages_indexed < passages;
    `);
  }
  database.exec('DROP TABLE passage_vectors');
}
