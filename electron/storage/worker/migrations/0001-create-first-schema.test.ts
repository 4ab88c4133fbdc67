import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { describe, expect, it } from 'vitest';
import { createFirstSchema } from './0001-create-first-schema.ts';

describe('createFirstSchema', () => {
  it('builds a sound empty database in which the full-text index agrees with the passages', () => {
    const database = new Database(':memory:');
    load(database);
    createFirstSchema(database);
    database.exec(`
      INSERT INTO documents VALUES (1, 'd', 'h', 'n', 'text', 1, 1, 1, 1, NULL, 1, 0, 'ready', NULL, '[]', 1, NULL);
      INSERT INTO passages VALUES (1, 'p', 1, 0, 1, NULL, NULL, NULL, '["Heading"]', 'Running text', 0);
      INSERT INTO passage_words (rowid, headings, text) SELECT number, headings, text FROM passages;
      INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1);
    `);
    const find = database.prepare('SELECT rowid FROM passage_words WHERE passage_words MATCH ?');
    expect(find.all('"heading"')).toEqual([{ rowid: 1 }]);
    expect(find.all('"run"')).toEqual([{ rowid: 1 }]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });
});
