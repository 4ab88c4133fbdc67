import type Database from 'better-sqlite3-multiple-ciphers';
import { carryOverVectors } from '../carry-over-vectors.ts';
import { renameSummaryStyles } from '../rename-summary-styles.ts';

/**
 * Columns are only added, at the end, and none is taken away: a damaged file of an older version is rescued by the shape
 * that its records have. `has_vector` of the passages means nothing any more.
 */
const columns = `
  ALTER TABLE conversations ADD COLUMN collection_ids TEXT NOT NULL DEFAULT '[]';

  ALTER TABLE documents ADD COLUMN title TEXT;
  ALTER TABLE documents ADD COLUMN report TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE documents ADD COLUMN is_loose INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE documents ADD COLUMN first_passage INTEGER;
  UPDATE documents SET first_passage = (SELECT min(number) FROM passages WHERE document_number = documents.number);
  CREATE INDEX documents_unindexed ON documents (status) WHERE status = 'indexing';
  CREATE INDEX documents_loose ON documents (added_at) WHERE is_loose = 1;
  CREATE INDEX documents_in_library ON documents (number) WHERE is_loose = 0 AND deleted_at IS NULL;
  DROP INDEX passages_without_vector;

  ALTER TABLE summaries ADD COLUMN length TEXT NOT NULL DEFAULT 'medium';
  ALTER TABLE summaries ADD COLUMN focus TEXT NOT NULL DEFAULT '';
  ALTER TABLE summaries ADD COLUMN statements TEXT NOT NULL DEFAULT '[]';
  CREATE INDEX summaries_of_document ON summaries (document_id);
`;

/** A page's `runs` are packed by `packRuns`. Bytes are kept in pieces, so that a large original is read bit by bit. */
const pages = `
  CREATE TABLE document_pages (
    number INTEGER PRIMARY KEY,
    document_number INTEGER NOT NULL REFERENCES documents (number),
    page INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    label TEXT,
    reading TEXT NOT NULL,
    width REAL,
    height REAL,
    runs BLOB NOT NULL,
    UNIQUE (document_number, page)
  ) STRICT;

  CREATE TABLE document_origins (
    document_number INTEGER PRIMARY KEY REFERENCES documents (number),
    kind TEXT NOT NULL,
    path TEXT,
    size_bytes INTEGER
  ) STRICT;

  CREATE TABLE document_bytes (
    number INTEGER PRIMARY KEY,
    document_number INTEGER NOT NULL REFERENCES documents (number),
    piece INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (document_number, piece)
  ) STRICT;
`;

/** `name_key` and `path_key` are folded by `foldCase`: two names that differ in case only are one name. */
const libraries = `
  CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX collections_by_name ON collections (name_key) WHERE deleted_at IS NULL;

  CREATE TABLE library_sources (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    ignore_patterns TEXT NOT NULL,
    UNIQUE (collection_id, path)
  ) STRICT;

  CREATE TABLE library_files (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    source_id TEXT NOT NULL REFERENCES library_sources (id),
    path TEXT NOT NULL,
    path_key TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_at REAL NOT NULL,
    status TEXT NOT NULL,
    error TEXT,
    hash TEXT,
    document_number INTEGER REFERENCES documents (number),
    UNIQUE (source_id, path)
  ) STRICT;
  CREATE INDEX library_files_of_collection ON library_files (collection_id, path_key);
  CREATE INDEX library_files_by_status ON library_files (collection_id, status);
  CREATE INDEX library_files_in_scope ON library_files (collection_id, document_number) WHERE document_number IS NOT NULL;
  CREATE INDEX library_files_of_document ON library_files (document_number) WHERE document_number IS NOT NULL;
  CREATE INDEX library_files_waiting ON library_files (size_bytes) WHERE status IN ('waiting', 'reading');
`;

/**
 * Vectors are compared in memory, where `number` tells which of them are new; `removals` counts up when some went.
 * `awaited_vectors` has every passage that an index has no vector of, and can be made from the other tables.
 */
const vectors = `
  CREATE TABLE vector_indexes (
    number INTEGER PRIMARY KEY,
    model_id TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    state TEXT NOT NULL,
    removals INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX vector_indexes_by_state ON vector_indexes (state) WHERE state <> 'dropped';
  CREATE UNIQUE INDEX vector_indexes_by_model ON vector_indexes (model_id) WHERE state <> 'dropped';

  CREATE TABLE vectors (
    number INTEGER PRIMARY KEY,
    index_number INTEGER NOT NULL REFERENCES vector_indexes (number),
    passage_number INTEGER NOT NULL REFERENCES passages (number),
    vector BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX vectors_of_passage ON vectors (passage_number, index_number);

  CREATE TABLE awaited_vectors (
    index_number INTEGER NOT NULL,
    document_number INTEGER NOT NULL,
    passage_number INTEGER NOT NULL,
    PRIMARY KEY (index_number, document_number, passage_number)
  ) STRICT, WITHOUT ROWID;
`;

const summaries = `
  CREATE TABLE summary_nodes (
    id TEXT PRIMARY KEY,
    summary_id TEXT NOT NULL REFERENCES summaries (id),
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    statements TEXT NOT NULL,
    UNIQUE (summary_id, level, position)
  ) STRICT;

  CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passage_words, row);
`;

/** Version 3: collections of watched files, pages, originals, trees of summaries, and one index of vectors per embedder. */
export function keepLibraries(database: Database): void {
  for (const sql of [columns, pages, libraries, vectors, summaries]) database.exec(sql);
  renameSummaryStyles(database);
  carryOverVectors(database);
}
