/** The part of the package that Sotto uses; its own types are hidden by its `exports`. */
declare module 'better-sqlite3-multiple-ciphers' {
  type Value = string | number | bigint | Uint8Array | null;

  type Statement = {
    run(...values: readonly Value[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
    get(...values: readonly Value[]): unknown;
    all(...values: readonly Value[]): unknown[];
  };

  class Database {
    constructor(path: string);
    readonly memory: boolean;
    prepare(sql: string): Statement;
    exec(sql: string): this;
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
