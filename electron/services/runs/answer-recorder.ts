import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Message } from '../../shared/message.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import { createGrowingAnswer } from './growing-answer.ts';
import type { AnswerRecording } from './growing-answer.ts';
import type { AnswerRecorder, AnswerWork, NewAnswer, RunEnd, RunsService, RunWriter } from './runs-service.ts';

/** What the recorder writes to and measures with. */
export type AnswerRecorderOptions = {
  readonly runs: RunsService;
  readonly messages: MessageRepository;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Codes after which a part of an answer is worth keeping: what was written is right, only the rest is missing. */
const interruptions = new Set(['engine/crashed', 'engine/timeout', 'engine/gave-up', 'engine/closed', 'egress/failed']);

async function finish(recording: AnswerRecording, end: RunEnd): Promise<RunEnd> {
  const status = end.reason === 'length' ? 'complete' : end.reason;
  if (end.reason === 'length') recording.answer.addNotice('length-limit');
  if (end.reason === 'stopped' || end.reason === 'interrupted') recording.answer.addNotice(end.reason);
  await recording.end(status, end.usage);
  return end;
}

async function perform(recording: AnswerRecording, work: AnswerWork, signal: AbortSignal): Promise<RunEnd> {
  let end: RunEnd;
  try {
    end = await work(recording.answer, signal);
    recording.closeText();
  } catch (thrown) {
    recording.closeText();
    if (signal.aborted) return finish(recording, { reason: 'stopped', usage: null });
    const error = AppError.from(thrown);
    if (recording.answer.text !== '' && interruptions.has(error.code)) {
      return finish(recording, { reason: 'interrupted', usage: null });
    }
    await recording.end('failed', null);
    throw error;
  }
  return finish(recording, end);
}

/** The recorder that chat and answers share; the app makes one and hands it to both. */
export function createAnswerRecorder(options: AnswerRecorderOptions): AnswerRecorder {
  const { runs, messages, clock } = options;

  const store = async (answer: NewAnswer, writer: RunWriter): Promise<Message> => {
    const message: Message = {
      ...answer,
      role: 'assistant',
      parts: [],
      status: 'streaming',
      runId: writer.runId,
      modelName: null,
      route: null,
      usage: null,
      createdAt: clock.now(),
    };
    await messages.append(message);
    return message;
  };

  return {
    async begin(answer, work) {
      const stored = Promise.withResolvers<void>();
      const runId = runs.start(async (writer, signal) => {
        try {
          await store(answer, writer);
          stored.resolve();
        } catch (error) {
          stored.reject(AppError.from(error));
          throw error;
        }
        return perform(createGrowingAnswer(answer.id, writer, options), work, signal);
      });
      await stored.promise;
      return runId;
    },
  };
}
