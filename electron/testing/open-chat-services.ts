import { join } from 'node:path';
import type { InferenceEngine } from '../inference/engine.ts';
import type { Clock } from '../platform/clock.ts';
import { createLocalProvider } from '../providers/local-provider.ts';
import type { ModelSource, SourceModel } from '../providers/local-provider.ts';
import type { AnswersService } from '../services/answers/answers-service.ts';
import { createChatService } from '../services/chat/create-chat-service.ts';
import { localPlaces } from '../services/cloud/local-place.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import { createPresetsService } from '../services/presets/create-presets-service.ts';
import { createAnswerRecorder } from '../services/runs/answer-recorder.ts';
import { createRunsService } from '../services/runs/create-runs-service.ts';
import { AppError } from '../shared/app-error.ts';
import type { Storage } from '../storage/storage.ts';
import { openScreening } from './open-screening.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** What ships with the app, in this checkout. */
export const resourcesFolder = join(import.meta.dirname, '..', '..', 'resources');

/** A model folder with these models; the first one answers unless another is named. */
export function createModelSource(models: readonly SourceModel[]): ModelSource {
  return {
    current: async () => models[0] ?? null,
    async resolve(id) {
      const found = models.find(({ description }) => description.id === id);
      if (found === undefined) throw new AppError('model/not-found', 'There is no such model.');
      return found;
    },
  };
}

/** What the chat's services of one test stand on. `answers` is what questions to documents go to; by default they fail. */
export type ChatFoundation = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly engine: InferenceEngine;
  readonly models: readonly SourceModel[];
  readonly answers?: Pick<AnswersService, 'answer' | 'continue'>;
};

/** The chat and what it needs, as the app puts them together. Close `runs`. */
export function openChatServices({ storage, clock, engine, models, answers }: ChatFoundation) {
  const logger = createRecordingLogger();
  const runs = createRunsService({ clock, logger });
  const provider = createLocalProvider({ engine, models: createModelSource(models), logger });
  const recorder = createAnswerRecorder({
    runs,
    messages: storage.messages,
    screening: openScreening(),
    clock,
    logger,
  });
  const conversations = createConversationsService({ storage, recorder, clock });
  const { settings } = storage;
  const presets = createPresetsService({ storage, settings, systemLanguage: 'en-GB', resourcesFolder });
  const noDocuments = async () => Promise.reject(new Error('This test asks no documents.'));
  const chat = createChatService({
    storage,
    conversations,
    answers: answers ?? { answer: noDocuments, continue: noDocuments },
    presets,
    provider,
    recorder,
    places: localPlaces,
    resourcesFolder,
  });
  return { runs, provider, recorder, conversations, presets, chat, logger };
}
