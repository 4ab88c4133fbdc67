import { rm } from 'node:fs/promises';
import type { GenerateRequest, SavedStateFile, SavedStateResult } from '../engine.ts';
import type { EngineWorkEvent } from '../protocol/engine-event.ts';
import { isProcessEnd, unexpectedAnswer } from './engine-answer.ts';
import type { EngineSession } from './engine-session.ts';

/** Has a process save a state. One that has ended, or that no process runs any more, has nothing to save. */
export async function saveStateIn(
  session: EngineSession | null,
  conversationKey: string,
  file: SavedStateFile,
  signal: AbortSignal,
): Promise<SavedStateResult> {
  if (session?.isUsable !== true) return { status: 'nothing-to-save' };
  const event = await session.call({ type: 'save-state', conversationKey, file }, { signal });
  if (event.type !== 'state-saved') throw unexpectedAnswer(event);
  return event.outcome;
}

/**
 * Makes a generation that may read a saved state. A process that ends before it has read the prompt may have ended by the
 * state: that is removed, and the generation begins again without it.
 */
export async function callWithState(
  request: GenerateRequest,
  onEvent: (event: EngineWorkEvent) => void,
  call: (request: GenerateRequest, onEvent: (event: EngineWorkEvent) => void) => Promise<EngineWorkEvent>,
): Promise<EngineWorkEvent> {
  const { savedState, ...others } = request;
  if (savedState === undefined) return await call(request, onEvent);
  let hasRead = false;
  try {
    return await call(request, (event) => {
      hasRead ||= event.type === 'prefill-progress';
      onEvent(event);
    });
  } catch (error) {
    if (hasRead || !isProcessEnd(error)) throw error;
    await rm(savedState.path, { force: true });
    return await call(others, onEvent);
  }
}
