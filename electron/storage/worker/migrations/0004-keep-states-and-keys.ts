import type Database from 'better-sqlite3-multiple-ciphers';

/**
 * A saved state is a file of its own beside the database, which nobody can read without the key in its row; both can be
 * made anew, so a damaged database is not searched for them. Secrets carry numbers and times, so that a row of theirs is
 * never taken for one of another table.
 */
const tables = `
  CREATE TABLE saved_states (
    number INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    model_id TEXT NOT NULL,
    options_key TEXT NOT NULL,
    encryption_key BLOB NOT NULL,
    file_name TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    UNIQUE (conversation_id, model_id, options_key)
  ) STRICT;

  CREATE TABLE secrets (
    number INTEGER PRIMARY KEY,
    owner TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
`;

/** Version 4: what models have read of conversations, and the keys of people whose chats a passphrase keeps. */
export function keepStatesAndKeys(database: Database): void {
  database.exec(tables);
}
