import type Database from 'better-sqlite3-multiple-ciphers';

/** Version 6: what a large model elsewhere reads at once. Of those that are there already nobody knows it yet. */
export function keepContexts(database: Database): void {
  database.exec('ALTER TABLE remotes ADD COLUMN context_tokens INTEGER');
}
