import { z } from 'zod';

/** Milliseconds since 1970. */
export const instantSchema = z.int().nonnegative();
/** Rows that one call asks for. */
export const limitSchema = z.int().min(1).max(1_000);
/** A position counted from 0. */
export const offsetSchema = z.int().nonnegative();

/** One call that the worker answers: what goes in, in the order of the arguments, and what comes out. */
export const operation = <Input extends z.ZodTuple, Output extends z.ZodType>(input: Input, output: Output) => ({
  input,
  output,
});
