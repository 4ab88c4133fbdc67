import { AppError } from '../../shared/app-error.ts';
import type { EngineWorkEvent } from '../protocol/engine-event.ts';

/** The counts in an answer to `count-tokens` or `count-prompt-tokens`. */
export function countsOf(event: EngineWorkEvent): readonly number[] {
  if (event.type !== 'token-counts') throw unexpectedAnswer(event);
  return event.counts;
}

/** The error for a final event of the wrong kind. */
export function unexpectedAnswer(event: EngineWorkEvent): AppError {
  return new AppError('app/unexpected', `the engine answered with ${event.type}`);
}

/** True for an error that loading the same file again would only repeat. */
export function isAboutTheModel(error: unknown): boolean {
  return (
    AppError.isInstance(error) && /^(model|template)\//.test(error.code) && error.code !== 'model/not-enough-memory'
  );
}
