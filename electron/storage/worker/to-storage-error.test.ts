import Database from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import { toStorageError } from './to-storage-error.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

const sqliteError = (code: string): Error => Object.assign(new Error(code), { code });

describe('toStorageError', () => {
  it('tells a broken rule of the data when SQLite refuses a row', () => {
    const database = new Database(':memory:');
    const error = thrownBy(() => database.exec('CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1), (1)'));
    expect(toStorageError(error).code).toBe('app/invalid-input');
    database.close();
  });

  it.each([
    ['SQLITE_CORRUPT', 'storage/corrupt'],
    ['SQLITE_CORRUPT_VTAB', 'storage/corrupt'],
    ['SQLITE_NOTADB', 'storage/corrupt'],
    ['SQLITE_FULL', 'disk/full'],
    ['ENOSPC', 'disk/full'],
    ['SQLITE_CANTOPEN', 'disk/not-writable'],
    ['SQLITE_READONLY_DBMOVED', 'disk/not-writable'],
    ['EROFS', 'disk/not-writable'],
    ['SQLITE_IOERR_FSYNC', 'storage/unavailable'],
    ['SQLITE_BUSY', 'storage/unavailable'],
    ['SQLITE_MISUSE', 'app/unexpected'],
  ])('turns %s into %s', (sqliteCode, code) => {
    expect(toStorageError(sqliteError(sqliteCode)).code).toBe(code);
  });

  it('passes an AppError on', () => {
    const error = new AppError('app/not-found', 'gone');
    expect(toStorageError(error)).toBe(error);
  });
});
