import type Database from 'better-sqlite3-multiple-ciphers';

/**
 * `chain_number` counts the entries of the ledger from 1 in the order in which they came; older entries have none. The head
 * says how many there are of both and what the last one's hash is, so that a missing end is seen, too.
 */
const ledger = `
  ALTER TABLE ledger ADD COLUMN body_hash TEXT;
  ALTER TABLE ledger ADD COLUMN input_tokens INTEGER;
  ALTER TABLE ledger ADD COLUMN output_tokens INTEGER;
  ALTER TABLE ledger ADD COLUMN cost_micro_dollars INTEGER;
  ALTER TABLE ledger ADD COLUMN conversation_id TEXT;
  ALTER TABLE ledger ADD COLUMN chain_number INTEGER;
  ALTER TABLE ledger ADD COLUMN chain_hash TEXT NOT NULL DEFAULT '';
  CREATE UNIQUE INDEX ledger_by_chain ON ledger (chain_number) WHERE chain_number IS NOT NULL;

  CREATE TABLE ledger_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entries INTEGER NOT NULL,
    chain_hash TEXT NOT NULL,
    unchained INTEGER NOT NULL
  ) STRICT;
  INSERT INTO ledger_head SELECT 1, 0, '', count(*) FROM ledger;

  CREATE TABLE sent_bodies (
    number INTEGER PRIMARY KEY,
    ledger_id TEXT NOT NULL UNIQUE REFERENCES ledger (id),
    sent_at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
`;

/** Nothing of this program removes or rewrites what left: a mistake in it fails loudly. */
const guards = `
  CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger BEGIN
    SELECT RAISE(ABORT, 'An entry of the ledger is never removed.');
  END;
  CREATE TRIGGER ledger_is_fixed BEFORE UPDATE ON ledger
    WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.host IS NOT OLD.host OR NEW.purpose IS NOT OLD.purpose
      OR NEW.asked_by IS NOT OLD.asked_by OR NEW.body_hash IS NOT OLD.body_hash
      OR NEW.conversation_id IS NOT OLD.conversation_id OR NEW.chain_number IS NOT OLD.chain_number
      OR NEW.chain_hash IS NOT OLD.chain_hash
  BEGIN
    SELECT RAISE(ABORT, 'An entry of the ledger is never rewritten.');
  END;
`;

/**
 * `inherited_local_only` names what a conversation's answers were made from while it might not leave for a cloud; it stays
 * when the label there is taken off. Remotes carry numbers and times, so that a row of theirs is never taken for another's.
 */
const others = `
  ALTER TABLE conversations ADD COLUMN is_local_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN inherited_local_only TEXT;
  ALTER TABLE folders ADD COLUMN is_local_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE collections ADD COLUMN is_local_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE library_sources ADD COLUMN is_local_only INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE remotes (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    zone TEXT NOT NULL,
    name TEXT NOT NULL,
    base_url TEXT NOT NULL,
    model_name TEXT,
    policy_url TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
`;

/** Version 5: large models elsewhere, a ledger whose entries hang together, and labels for what may not leave. */
export function keepWhatLeft(database: Database): void {
  database.exec(ledger);
  database.exec(guards);
  database.exec(others);
}
