import { AppError } from '../../shared/app-error.ts';
import type { AppErrorDetails } from '../../shared/app-error.ts';

/** The file is damaged or made to do damage: `model/malformed` with `reason`, a word in kebab-case for each check. */
export function malformed(reason: string, details: AppErrorDetails = {}): AppError {
  return new AppError('model/malformed', `The model file is malformed: ${reason}.`, { reason, ...details });
}

/** The file may be sound, but nothing here can run it: `model/unsupported` with `reason`. */
export function unsupported(reason: string, details: AppErrorDetails = {}): AppError {
  return new AppError('model/unsupported', `The model file cannot be used: ${reason}.`, { reason, ...details });
}

/** The file is something else: `model/not-a-model` with `reason`. */
export function notAModel(reason: string): AppError {
  return new AppError('model/not-a-model', `The file is not a GGUF model: ${reason}.`, { reason });
}

/** The file ends too early: `model/truncated`; `expectedBytes` is null when the header itself is cut. */
export function truncated(expectedBytes: number | null, actualBytes: number): AppError {
  return new AppError('model/truncated', 'The model file ends too early.', { expectedBytes, actualBytes });
}
