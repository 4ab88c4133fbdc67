import type Database from 'better-sqlite3-multiple-ciphers';
import type { RescueReport } from '../../shared/access.ts';
import type { DatabaseFile } from '../storage.ts';
import { carveRecords } from './carve-records.ts';
import { withReadablePages } from './readable-pages.ts';
import type { StoredValue } from './record-format.ts';
import { mendRecords } from './mend-records.ts';
import { tableShapes } from './table-shapes.ts';
import type { TableShape } from './table-shapes.ts';

const idPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const isId = (value: StoredValue | undefined): value is string => typeof value === 'string' && idPattern.test(value);

type RowWriter = (table: TableShape, rowid: bigint | null, values: readonly StoredValue[]) => void;

/** Writes rows as they were, with their numbers; of two rows with one key, the first stays. */
function createRowWriter(database: Database): RowWriter {
  const statements = new Map<string, ReturnType<Database['prepare']>>();
  return ({ name, columns, hasRowNumbers }, rowid, values) => {
    const key = `${name}/${values.length}`;
    const names = columns.slice(0, values.length).map((column) => `"${column.name}"`);
    const isNumbered = columns.some(({ isNumber }) => isNumber);
    const all = hasRowNumbers && !isNumbered ? ['rowid', ...names] : names;
    const sql = `INSERT OR IGNORE INTO "${name}" (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`;
    const statement = statements.get(key) ?? database.prepare(sql);
    statements.set(key, statement);
    const filled = values.map((value, index) => (columns[index]?.isNumber ? rowid : value));
    statement.run(...(hasRowNumbers && !isNumbered ? [rowid, ...filled] : filled));
  };
}

/** Conversations of which something is known to be missing, and ids of records that are. */
type Missing = { readonly conversations: ReadonlySet<string>; readonly records: ReadonlySet<string> };

/** Ids that an index names and no row has. An index over messages names the message first, its conversation second. */
class KnownIds {
  readonly #found = new Set<string>();
  readonly #named = new Map<string, string | null>();

  find(id: StoredValue | undefined): void {
    if (isId(id)) this.#found.add(id);
  }

  name([first, second]: readonly StoredValue[]): void {
    if (!isId(first)) return;
    const conversation = isId(second) ? second : (this.#named.get(first) ?? null);
    this.#named.set(first, conversation);
  }

  missing(): Missing {
    const records = [...this.#named].filter(([id]) => !this.#found.has(id));
    const conversations = records.flatMap(([, conversation]) => (conversation === null ? [] : [conversation]));
    return { conversations: new Set(conversations), records: new Set(records.map(([id]) => id)) };
  }
}

/**
 * Puts everything that can be read of the database at `file` into `database`, which is empty and of the newest version,
 * and says what that is. Turns whose parent is gone begin a branch of their own, and conversations that are gone come back
 * without a title where a message of theirs is left. The indexes are not filled: see `rebuildIndexes`.
 */
export function rescueRecords(file: DatabaseFile, database: Database): RescueReport {
  const shapes = tableShapes(database);
  const write = createRowWriter(database);
  const ids = new KnownIds();
  database.pragma('foreign_keys = OFF');
  const rescue = database.transaction(() => {
    const broken = withReadablePages(file, (pages) =>
      carveRecords(pages, shapes, {
        row: (table, rowid, values) => {
          ids.find(values[table.columns.findIndex(({ name }) => name === 'id')]);
          write(table, rowid, values);
        },
        indexEntry: (values) => ids.name(values),
      }),
    );
    const missing = ids.missing();
    const counts = mendRecords(database, missing.conversations);
    return { ...counts, unreadable: missing.records.size + counts.unreadable + broken };
  });
  const report = rescue();
  database.pragma('foreign_keys = ON');
  return report;
}
