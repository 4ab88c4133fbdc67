import type Database from 'better-sqlite3-multiple-ciphers';

const conversations = `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    tip_id TEXT,
    document_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    FOREIGN KEY (tip_id, id) REFERENCES messages (id, conversation_id)
  ) STRICT;
  CREATE INDEX conversations_by_update ON conversations (updated_at) WHERE deleted_at IS NULL;

  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    parent_id TEXT,
    role TEXT NOT NULL,
    parts TEXT NOT NULL,
    status TEXT NOT NULL,
    run_id TEXT,
    model_name TEXT,
    route TEXT,
    usage TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (id, conversation_id),
    FOREIGN KEY (parent_id, conversation_id) REFERENCES messages (id, conversation_id)
  ) STRICT;
  CREATE INDEX messages_streaming ON messages (status) WHERE status = 'streaming';
`;

/** Text is kept in stretches, so that a place in a long book is read without reading the book. */
const documents = `
  CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    pages INTEGER,
    passages INTEGER NOT NULL,
    passages_indexed INTEGER NOT NULL,
    status TEXT NOT NULL,
    error TEXT,
    headings TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX documents_by_hash ON documents (hash) WHERE deleted_at IS NULL;

  CREATE TABLE document_texts (
    document_number INTEGER NOT NULL REFERENCES documents (number),
    start_offset INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document_number, start_offset)
  ) STRICT, WITHOUT ROWID;
`;

/** The full-text index takes its words from the passages themselves; the vectors carry their document's number to filter by. */
const passages = `
  CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_number INTEGER NOT NULL REFERENCES documents (number),
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    page INTEGER,
    first_line INTEGER,
    last_line INTEGER,
    headings TEXT NOT NULL,
    text TEXT NOT NULL,
    has_vector INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX passages_of_document ON passages (document_number, start_offset);
  CREATE INDEX passages_without_vector ON passages (document_number, start_offset) WHERE has_vector = 0;

  CREATE VIRTUAL TABLE passage_words USING fts5 (
    headings,
    text,
    content = 'passages',
    content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
  );

  CREATE VIRTUAL TABLE passage_vectors USING vec0 (
    passage_number INTEGER PRIMARY KEY,
    document_number INTEGER,
    vector FLOAT[384] distance_metric=cosine
  );
`;

const others = `
  CREATE TABLE summaries (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id),
    document_name TEXT NOT NULL,
    style TEXT NOT NULL,
    status TEXT NOT NULL,
    run_id TEXT,
    summary TEXT NOT NULL,
    sections TEXT NOT NULL,
    coverage TEXT NOT NULL,
    model_name TEXT,
    usage TEXT,
    error TEXT,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;

  CREATE TABLE settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE ledger (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    host TEXT NOT NULL,
    purpose TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    bytes_sent INTEGER NOT NULL,
    bytes_received INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_time ON ledger (at);
`;

/** Version 1: conversations, messages, documents with their passages, both indexes, summaries, settings, ledger. */
export function createFirstSchema(database: Database): void {
  database.exec(conversations);
  database.exec(documents);
  database.exec(passages);
  database.exec(others);
}
