import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorData } from '../../shared/app-error.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { Message, MessagePart, MessageStatus } from '../../shared/message.ts';
import type { Usage } from '../../shared/usage.ts';
import type { MessageRepository } from '../../storage/storage.ts';

/** Where and by which clock an answer is kept. */
export type CheckpointOptions = {
  readonly messages: Pick<MessageRepository, 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** From a change to the beginning of its write, in milliseconds: half of the 500 that a crash may lose at most. */
const checkpointMs = 250;
/** Room between two writes for everybody else, however slow the disk is, in milliseconds. */
const leastDelayMs = 50;

/** Writes of one growing message, never two at a time, at most one each 250 ms. */
export interface Checkpoints {
  /** Something changed: it is in the database soon. */
  request(): void;
  /** Stored with the next write, and by every final one. */
  setOrigin(origin: Pick<Message, 'modelName' | 'route'>): void;
  /** The final state, after any write under way; `error` for a failed one. Throws what storage throws. */
  end(status: Exclude<MessageStatus, 'streaming'>, usage: Usage | null, error?: AppErrorData): Promise<void>;
}

/** Checkpoints of the message `id`, whose parts `parts` gives at any time. A failed one is logged and tried again with the next. */
export function createCheckpoints(
  id: MessageId,
  parts: () => readonly MessagePart[],
  initialOrigin: Pick<Message, 'modelName' | 'route'>,
  { messages, clock, logger }: CheckpointOptions,
): Checkpoints {
  const ending = new AbortController();
  let origin = initialOrigin;
  let isDirty = false;
  let writing: Promise<void> | null = null;

  const writeWhileDirty = async (): Promise<void> => {
    let lastWriteMs = 0;
    while (isDirty && !ending.signal.aborted) {
      // What came during a slow write has waited for it already.
      await clock.delay(Math.max(leastDelayMs, checkpointMs - lastWriteMs), ending.signal).catch(() => undefined);
      if (ending.signal.aborted) return;
      isDirty = false;
      const startedAt = clock.now();
      try {
        await messages.update(id, { parts: parts(), ...origin });
      } catch (error) {
        logger.warn('answer-checkpoint-failed', { code: AppError.from(error).code });
      }
      lastWriteMs = Math.max(0, clock.now() - startedAt);
    }
  };

  const request = (): void => {
    isDirty = true;
    writing ??= writeWhileDirty().finally(() => {
      writing = null;
    });
  };

  return {
    request,
    setOrigin(known) {
      origin = known;
      request();
    },
    async end(status, usage, error) {
      ending.abort();
      await writing;
      await messages.update(id, { parts: parts(), status, usage, runId: null, error: error ?? null, ...origin });
    },
  };
}
