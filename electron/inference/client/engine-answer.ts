import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { BareLoopResult, LoadRequest, MeasuredContinuation } from '../engine.ts';
import { readAdapterDescription } from '../gguf/adapter/read-adapter-description.ts';
import type { GgufDescription } from '../gguf/gguf-description.ts';
import type { readGgufDescription } from '../gguf/read-gguf-description.ts';
import type { EngineWorkEvent } from '../protocol/engine-event.ts';

/** The counts in an answer to `count-tokens` or `count-prompt-tokens`. */
export function countsOf(event: EngineWorkEvent): readonly number[] {
  if (event.type !== 'token-counts') throw unexpectedAnswer(event);
  return event.counts;
}

/** The probabilities in an answer to `measure`. */
export function continuationsOf(event: EngineWorkEvent): readonly MeasuredContinuation[] {
  if (event.type !== 'measured') throw unexpectedAnswer(event);
  return event.continuations;
}

/** The relevances in an answer to `rerank`. */
export function relevancesOf(event: EngineWorkEvent): readonly number[] {
  if (event.type !== 'ranks') throw unexpectedAnswer(event);
  return event.relevances;
}

/** The times in an answer to `bare-loop`. */
export function bareLoopOf(event: EngineWorkEvent): BareLoopResult {
  if (event.type !== 'bare-loop-end') throw unexpectedAnswer(event);
  return event.result;
}

/** The time in an answer to `bare-embedding`. */
export function bareEmbeddingOf(event: EngineWorkEvent): { readonly elapsedMs: number } {
  if (event.type !== 'bare-embedding-end') throw unexpectedAnswer(event);
  return { elapsedMs: event.elapsedMs };
}

/** The bytes in an answer to `peak-memory` or `bare-program`. */
export function peakMemoryOf(event: EngineWorkEvent): number {
  if (event.type !== 'peak-memory') throw unexpectedAnswer(event);
  return event.bytes;
}

/** The error for a final event of the wrong kind. */
export function unexpectedAnswer(event: EngineWorkEvent): AppError {
  return new AppError('app/unexpected', `the engine answered with ${event.type}`);
}

/** True when the process ended or was ended, whatever it was doing. */
export function isProcessEnd(error: unknown): boolean {
  return AppError.isInstance(error) && ['engine/crashed', 'engine/timeout'].includes(error.code);
}

/** True for an error that loading the same file again would only repeat. */
export function isAboutTheModel(error: unknown): boolean {
  return (
    AppError.isInstance(error) &&
    /^(model|template|file)\//.test(error.code) &&
    error.code !== 'model/not-enough-memory'
  );
}

/**
 * Reads a model file's header with `inspect`, before any reader with less care does. Throws what it throws, with
 * `model/not-found` for a missing file, and `model/wrong-kind` when the slot is for the other kind of model.
 */
export async function checkModel(
  inspect: typeof readGgufDescription,
  { slot, path }: LoadRequest,
  signal: AbortSignal,
): Promise<GgufDescription> {
  let description: GgufDescription;
  try {
    description = await inspect(path, signal);
  } catch (error) {
    if (!AppError.isInstance(error) || error.code !== 'file/not-found') throw error;
    throw new AppError('model/not-found', 'the model file is gone', error.details, { cause: error });
  }
  if (description.kind !== slot)
    throw new AppError('model/wrong-kind', 'the model is of the other kind', { name: basename(path), wanted: slot });
  return description;
}

/** Reads the header of a load's adapter, if there is one. Throws `model/other-architecture` for an adapter of another kind of model. */
export async function checkAdapter(
  { adapter, path }: LoadRequest,
  { architecture }: Pick<GgufDescription, 'architecture'>,
  signal: AbortSignal,
): Promise<void> {
  if (adapter === undefined) return;
  const description = await readAdapterDescription(adapter.path, signal);
  if (description.architecture === architecture) return;
  throw new AppError('model/other-architecture', 'the adapter is for another kind of model', {
    name: basename(path),
    architecture,
    adapterArchitecture: description.architecture,
  });
}
