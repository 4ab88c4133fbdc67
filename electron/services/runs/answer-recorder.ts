import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { RunId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import { createGrowingAnswer, endingsOf, withoutEnding } from './growing-answer.ts';
import type { AnswerRecording } from './growing-answer.ts';
import type { ScreeningService } from '../screening/screening-service.ts';
import type { AnswerRecorder, AnswerWork, NewAnswer, RunEnd, RunsService, RunWriter } from './runs-service.ts';

/** What the recorder writes to and measures with. */
export type AnswerRecorderOptions = {
  readonly runs: RunsService;
  readonly messages: MessageRepository;
  readonly screening: ScreeningService;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Codes after which a part of an answer is worth keeping: what was written is right, only the rest is missing. */
const interruptions = new Set([
  'engine/crashed',
  'engine/timeout',
  'engine/gave-up',
  'engine/closed',
  'egress/failed',
  'provider/cut',
  'provider/busy',
  'provider/unreachable',
  'provider/refused',
  'provider/unexpected',
]);

async function finish(recording: AnswerRecording, end: RunEnd): Promise<RunEnd> {
  const status = end.reason === 'length' ? 'complete' : end.reason;
  if (end.reason === 'length') recording.answer.addNotice('length-limit');
  if (end.reason === 'stopped' || end.reason === 'interrupted') recording.answer.addNotice(end.reason);
  await recording.end(status, end.usage);
  return end;
}

/** Keeps what a failed answer has, and why it failed. */
type KeepFailed = (recording: AnswerRecording, error: AppError) => Promise<void>;

async function perform(
  recording: AnswerRecording,
  work: AnswerWork,
  signal: AbortSignal,
  keepFailed: KeepFailed = (failed, error) => failed.end('failed', null, error.toData()),
): Promise<RunEnd> {
  let end: RunEnd;
  try {
    end = await work(recording.answer, signal);
    recording.closeText();
  } catch (thrown) {
    recording.closeText();
    if (signal.aborted) return finish(recording, { reason: 'stopped', usage: null });
    const error = AppError.from(thrown);
    if (recording.hasGrown && interruptions.has(error.code)) {
      return finish(recording, { reason: 'interrupted', usage: null });
    }
    await keepFailed(recording, error);
    throw error;
  }
  return finish(recording, end);
}

/** An answer that was there before keeps its good name: it ends as it was, or as interrupted when it has grown. */
function keepEarlier(earlier: Message): KeepFailed {
  return async (recording) => {
    if (recording.hasGrown || earlier.status === 'streaming') {
      recording.answer.addNotice('interrupted');
      await recording.end('interrupted', null);
      return;
    }
    for (const name of endingsOf(earlier.parts)) recording.answer.addNotice(name);
    await recording.end(earlier.status, earlier.usage, earlier.error ?? undefined);
  };
}

/** An answer before its first word. */
function emptyAnswer({ id, conversationId, parentId }: NewAnswer, runId: RunId, now: number): Message {
  return {
    id,
    conversationId,
    parentId,
    role: 'assistant',
    parts: [],
    status: 'streaming',
    runId,
    modelName: null,
    route: null,
    usage: null,
    error: null,
    createdAt: now,
  };
}

/** The recorder that chat and answers share; the app makes one and hands it to both. */
export function createAnswerRecorder(options: AnswerRecorderOptions): AnswerRecorder {
  const { runs, messages, clock } = options;
  const growing = new Map<RunId, NewAnswer>();

  const start = async (
    answer: NewAnswer,
    store: (runId: RunId) => Promise<void>,
    write: (writer: RunWriter, signal: AbortSignal) => Promise<RunEnd>,
  ): Promise<RunId> => {
    const stored = Promise.withResolvers<void>();
    const runId = runs.start(async (writer, signal) => {
      growing.set(writer.runId, answer);
      try {
        await store(writer.runId).then(
          () => stored.resolve(),
          (thrown: unknown) => {
            const error = AppError.from(thrown);
            stored.reject(error);
            throw error;
          },
        );
        return await write(writer, signal);
      } finally {
        growing.delete(writer.runId);
      }
    });
    await stored.promise;
    return runId;
  };

  return {
    begin: (answer, work) =>
      start(
        answer,
        (runId) => messages.append(emptyAnswer(answer, runId, clock.now())),
        (writer, signal) => {
          const fresh = { id: answer.id, parentId: answer.parentId, parts: [], modelName: null, route: null };
          return perform(createGrowingAnswer(fresh, writer, options), work, signal);
        },
      ),
    resume(answer, work) {
      const parts = withoutEnding(answer.parts);
      return start(
        answer,
        (runId) => messages.update(answer.id, { parts, status: 'streaming', runId, error: null }),
        (writer, signal) => {
          const recording = createGrowingAnswer({ ...answer, parts }, writer, options);
          return perform(recording, work, signal, keepEarlier(answer));
        },
      );
    },
    async stopGrowing(isMeant) {
      const meant = [...growing].filter(([, answer]) => isMeant(answer)).map(([runId]) => runId);
      for (const runId of meant) runs.stop(runId);
      await Promise.all(meant.map((runId) => runs.finished(runId)));
    },
  };
}
