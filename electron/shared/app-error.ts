import { z } from 'zod';

/**
 * Every way in which Sotto can fail that a person or a script may have to act on. `domain/kebab-code`; the command line
 * prints the same codes, and `locales/*.json` has for each one the sentence that says what happened, what was kept and
 * what to do next (key `error.<domain>.<code>`).
 */
export const appErrorCodes = [
  'app/unexpected',
  'app/invalid-input',
  'app/not-found',
  'app/already-running',
  'app/closing',
  'app/too-busy',
  'app/usage',
  'access/locked',
  'access/wrong-passphrase',
  'access/weak-passphrase',
  'access/passphrase-file',
  'access/keychain-unavailable',
  'access/not-allowed',
  'access/no-record',
  'disk/full',
  'disk/not-writable',
  'file/not-found',
  'file/unreadable',
  'file/is-folder',
  'file/empty',
  'file/too-large',
  'file/binary',
  'file/unknown-encoding',
  'file/unsupported-format',
  'file/unknown-ticket',
  'file/damaged',
  'file/encrypted',
  'file/too-complex',
  'file/no-text',
  'file/changed',
  'library/name-taken',
  'library/no-collection',
  'library/file-limit',
  'library/source-taken',
  'library/folder-unreadable',
  'library/not-a-file',
  'model/none',
  'model/not-found',
  'model/not-a-model',
  'model/malformed',
  'model/truncated',
  'model/unsupported',
  'model/wrong-kind',
  'model/not-enough-memory',
  'model/load-failed',
  'model/in-use',
  'model/built-in',
  'model/other-architecture',
  'model/missing-part',
  'model/outside-folder',
  'template/failed',
  'template/timeout',
  'engine/start-failed',
  'engine/crashed',
  'engine/timeout',
  'engine/gave-up',
  'engine/closed',
  'prompt/too-long',
  'prompt/empty',
  'parsing/crashed',
  'parsing/timeout',
  'storage/unavailable',
  'storage/corrupt',
  'storage/newer-version',
  'storage/wrong-key',
  'storage/read-only',
  'transfer/unknown-format',
  'transfer/damaged',
  'transfer/too-large',
  'download/unreachable',
  'download/damaged',
  'download/stalled',
  'download/elsewhere',
  'download/no-such-file',
  'download/already-installed',
  'hub/not-found',
  'hub/gated',
  'hub/wrong-token',
  'hub/busy',
  'hub/unexpected',
  'update/not-a-feed',
  'update/wrong-signature',
  'update/unreachable',
  'update/damaged',
  'update/busy',
  'update/not-installed',
  'egress/offline',
  'egress/not-allowed',
  'egress/purpose-not-allowed',
  'egress/failed',
  'egress/mode-off',
  'egress/local-only',
  'egress/left-network',
  'provider/wrong-key',
  'provider/no-key',
  'provider/no-credit',
  'provider/busy',
  'provider/unreachable',
  'provider/bad-certificate',
  'provider/refused',
  'provider/unknown-model',
  'provider/too-long',
  'provider/cut',
  'provider/unexpected',
  'cloud/leak',
  'cloud/budget-spent',
  'cloud/no-remote',
  'cloud/remote-changed',
  'cloud/preview-changed',
  'cloud/ended-by-lock',
] as const;
export type AppErrorCode = (typeof appErrorCodes)[number];

/** What a sentence about the error is filled with; never content of the user's. */
export type AppErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The form in which an error crosses a process or a door. */
export const appErrorDataSchema = z
  .object({
    code: z.enum(appErrorCodes),
    message: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  })
  .readonly();
export type AppErrorData = z.infer<typeof appErrorDataSchema>;

/**
 * The only error type that crosses a boundary. `message` is for logs and developers, in English and without content of
 * the user's; what a person reads comes from the catalogue by `code`, filled with `details`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: AppErrorCode, message: string, details: AppErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  /** True for an AppError of this or another copy of the module, by shape rather than by class. */
  static isInstance(value: unknown): value is AppError {
    return value instanceof Error && value.name === 'AppError' && appErrorDataSchema.safeParse(value).success;
  }

  toData(): AppErrorData {
    return { code: this.code, message: this.message, details: { ...this.details } };
  }

  static fromData(data: AppErrorData): AppError {
    return new AppError(data.code, data.message, data.details);
  }

  /** Any thrown value as an AppError; what is not one becomes `app/unexpected` with the original as its cause. */
  static from(value: unknown): AppError {
    if (AppError.isInstance(value)) return value;
    const message = value instanceof Error ? value.message : String(value);
    return new AppError('app/unexpected', message, {}, { cause: value });
  }
}

/** True for the error of an AbortSignal: a cancel, which is not a failure. */
export function isAbortError(value: unknown): boolean {
  return value instanceof Error && value.name === 'AbortError';
}
