import { isProcessEnd } from './engine-answer.ts';

/**
 * Gives a command to a process and, when that process ended without ever having heard of it, once more to the next one:
 * the process was dying while the command was on its way, so nothing was lost and the command is not to blame.
 * `attempt` calls `onHeard` at the first sign that the process has the command.
 */
export async function retryUnheard<T>(attempt: (onHeard: () => void) => Promise<T>): Promise<T> {
  let isHeard = false;
  try {
    return await attempt(() => {
      isHeard = true;
    });
  } catch (error) {
    if (isHeard || !isProcessEnd(error)) throw error;
    return attempt(() => undefined);
  }
}
