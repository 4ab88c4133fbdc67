import type Database from 'better-sqlite3-multiple-ciphers';
import { rebuildMessageIndex } from '../message-index.ts';

const folders = `
  CREATE TABLE folders (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
`;

/** `search_number` is the record's place in the full-text index: rising with time, and null while it is not in it. */
const conversations = `
  ALTER TABLE conversations ADD COLUMN title_origin TEXT NOT NULL DEFAULT 'none';
  ALTER TABLE conversations ADD COLUMN folder_id TEXT REFERENCES folders (id);
  ALTER TABLE conversations ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE conversations ADD COLUMN search_number INTEGER;
  UPDATE conversations SET title_origin = 'first-words' WHERE title <> '';
  CREATE UNIQUE INDEX conversations_by_search_number ON conversations (search_number);
  CREATE INDEX conversations_by_folder ON conversations (folder_id) WHERE folder_id IS NOT NULL;
  CREATE INDEX conversations_by_tip ON conversations (tip_id, id);
  CREATE INDEX conversations_removed ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;
  CREATE INDEX conversations_untitled ON conversations (updated_at)
    WHERE title_origin = 'first-words' AND deleted_at IS NULL;

  ALTER TABLE messages ADD COLUMN error TEXT;
  ALTER TABLE messages ADD COLUMN search_number INTEGER;
  CREATE UNIQUE INDEX messages_by_search_number ON messages (search_number);
  CREATE INDEX messages_of_conversation ON messages (conversation_id);
  CREATE INDEX messages_by_parent ON messages (parent_id, conversation_id);

  CREATE TABLE history_summaries (
    message_id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (message_id, conversation_id) REFERENCES messages (id, conversation_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX history_summaries_of_conversation ON history_summaries (conversation_id);
`;

/** A draft's `value` and a preset's are JSON: half a surrogate pair, which a text column would change, comes through. */
const others = `
  CREATE TABLE drafts (
    key TEXT PRIMARY KEY,
    conversation_id TEXT UNIQUE REFERENCES conversations (id),
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE presets (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    value TEXT NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX presets_by_command ON presets (command) WHERE deleted_at IS NULL;

  CREATE TABLE hidden_presets (preset_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE INDEX documents_removed ON documents (deleted_at) WHERE deleted_at IS NOT NULL;

  CREATE TABLE commits (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL) STRICT;
  INSERT INTO commits VALUES (1, 0);
`;

/** A summary outlives its document, so it may not refer to it by a foreign key, which takes a new table to undo. */
const summaries = `
  CREATE TABLE lasting_summaries (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
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
  INSERT INTO lasting_summaries SELECT * FROM summaries;
  DROP TABLE summaries;
  ALTER TABLE lasting_summaries RENAME TO summaries;
`;

/**
 * The words come folded and parted by spaces, from `searchWords`; every sign beyond ASCII is a letter to the tokenizer.
 * The texts themselves stay in their own tables.
 */
const searchIndex = `
  CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
  );
  CREATE VIRTUAL TABLE title_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
  );
  INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);
`;

/** Version 2: folders, presets, drafts, stand-ins for old turns, and the full-text index over messages and titles. */
export function keepConversations(database: Database): void {
  database.exec(folders);
  database.exec(conversations);
  database.exec(others);
  database.exec(summaries);
  database.exec(searchIndex);
  rebuildMessageIndex(database);
}
