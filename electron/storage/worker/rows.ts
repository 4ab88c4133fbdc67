import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';

/** A text column that holds JSON of the given shape. */
export function jsonColumn<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** A column that is 0 or 1. */
export const flagColumn = z.literal([0, 1]).transform((flag) => flag === 1);

/** A row as the domain knows it. Throws AppError `storage/corrupt` when the database holds something else. */
export function readRow<Schema extends z.ZodType>(schema: Schema, row: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse(row);
  if (error) {
    const [issue] = error.issues;
    throw new AppError('storage/corrupt', `A row does not have its shape: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return data;
}

/** Rows in their order; see `readRow`. */
export function readRows<Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.output<Schema>[] {
  return rows.map((row) => readRow(schema, row));
}

/** A row that may be missing; see `readRow`. */
export function readOptionalRow<Schema extends z.ZodType>(schema: Schema, row: unknown): z.output<Schema> | null {
  return row === undefined ? null : readRow(schema, row);
}

/** Throws AppError `app/not-found` unless something was found. */
export function requireFound<Value>(value: Value | null, kind: string): Value {
  if (value === null) throw new AppError('app/not-found', `There is no such ${kind}.`, { kind });
  return value;
}

/** Throws AppError `app/not-found` when a statement on one record changed none. */
export function requireChanged(result: { readonly changes: number }, kind: string): void {
  if (result.changes === 0) requireFound(null, kind);
}
