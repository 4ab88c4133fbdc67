/** The part of the package that Sotto uses; its own types are hidden by its `exports`. */
declare module 'better-sqlite3-multiple-ciphers' {
  type Value = string | number | bigint | Uint8Array | null;

  type Statement = {
    run(...values: readonly Value[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
    get(...values: readonly Value[]): unknown;
    all(...values: readonly Value[]): unknown[];
    /** Row by row, as they are asked for. */
    iterate(...values: readonly Value[]): IterableIterator<unknown>;
    /** Rows become the value of their first column. */
    pluck(): Statement;
    /** Rows become lists of their values. */
    raw(): Statement;
  };

  class Database {
    /** Bytes instead of a path are a database in memory that begins with them. */
    constructor(
      source: string | Buffer,
      options?: { readonly fileMustExist?: boolean; readonly verbose?: (sql: string) => void },
    );
    readonly inTransaction: boolean;
    /** True for a database without a file. */
    readonly memory: boolean;
    /** Sets the key of an encrypted file; before any other use. */
    key(key: Buffer): void;
    /** The bytes that a file of this database would have. */
    serialize(): Buffer;
    /** Lets statements write where SQLite forbids it, such as the tables behind an index. */
    unsafeMode(isUnsafe: boolean): this;
    prepare(sql: string): Statement;
    exec(sql: string): this;
    /** Makes a function that statements may call; `directOnly` keeps it out of what the schema itself runs. */
    function(
      name: string,
      options: { readonly directOnly?: boolean; readonly deterministic?: boolean },
      work: (...values: readonly Value[]) => Value,
    ): this;
    pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
    /** Begins a transaction, commits when `work` returns and rolls back when it throws. */
    transaction<Input extends readonly unknown[], Output>(
      work: (...input: Input) => Output,
    ): (...input: Input) => Output;
    loadExtension(path: string): void;
    close(): this;
  }

  export default Database;
}
