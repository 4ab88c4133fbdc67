/** Values that may be logged: never content of the user's, never a path inside the home folder, never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Structured log. Everything passes the redaction before it is written. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
