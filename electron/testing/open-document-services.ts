import { basename, join } from 'node:path';
import { createDocumentReader } from '../parsing/create-document-reader.ts';
import { createPageDrawer } from '../parsing/create-page-drawer.ts';
import { createChildProcessLauncher } from '../parsing/launchers/child-process-launcher.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createLocalProvider } from '../providers/local-provider.ts';
import { createAnswersService } from '../services/answers/create-answers-service.ts';
import { localPlaces } from '../services/cloud/local-place.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import { createDocumentsService } from '../services/documents/create-documents-service.ts';
import { createPresetsService } from '../services/presets/create-presets-service.ts';
import { createAnswerRecorder } from '../services/runs/answer-recorder.ts';
import { createRunsService } from '../services/runs/create-runs-service.ts';
import { createSettingsService } from '../services/settings/create-settings-service.ts';
import { createSummariesService } from '../services/summaries/create-summaries-service.ts';
import { createId, fileTicketSchema } from '../shared/ids.ts';
import { buildEmbedder } from './open-documents.ts';
import { openScreening } from './open-screening.ts';
import { openTestStorage } from './open-test-storage.ts';
import { createRealEngine, embedderPath, starterModelPath } from './real-engine.ts';
import { createRecordingLogger } from './recording-logger.ts';

/**
 * Documents, answers and summaries over the real database, the real parsing process and the real models.
 * `contextTokens` is the window of the chat model, default the usual one.
 */
export async function openDocumentServices({ contextTokens }: { readonly contextTokens?: number } = {}) {
  const [clock, logger] = [createSystemClock(), createRecordingLogger()];
  const source = join(import.meta.dirname, '..');
  const storage = await openTestStorage({ clock, logger });
  const { engine, kill } = createRealEngine(contextTokens === undefined ? {} : { contextTokens });
  const workerPath = join(source, 'parsing/worker/index.ts');
  const parsing = { launcher: createChildProcessLauncher(), clock, logger, workerPath };
  const reader = createDocumentReader(parsing);
  const drawer = createPageDrawer(parsing);
  const description = { id: 'sha256:b179c9523d0e6a0f', name: 'SmolLM2 135M Instruct', parameterCount: 134_515_008 };
  const models = {
    // Only path, name and size are read of a description; the rest of it is the models service's own business.
    current: () => Promise.resolve({ path: starterModelPath, description: description as never }),
    resolve: () => Promise.resolve({ path: starterModelPath, description: description as never }),
    embedder: () => Promise.resolve(buildEmbedder('0', embedderPath)),
    reranker: () => Promise.resolve(null),
    onChange: () => () => undefined,
  };
  const paths = new Map<string, string>();
  const files = {
    resolve: (ticket: ReturnType<typeof fileTicketSchema.parse>) => {
      const path = paths.get(ticket) ?? '';
      return { ticket, path, name: basename(path), sizeBytes: 0 };
    },
    release: () => Promise.resolve(),
    ticketForUpload: () => Promise.reject(new Error('This test hands over no bytes.')),
  };
  const resourcesFolder = join(source, '..', 'resources');
  const provider = createLocalProvider({ engine, models, logger });
  const runs = createRunsService({ clock, logger });
  const recorder = createAnswerRecorder({
    runs,
    messages: storage.messages,
    screening: openScreening(),
    clock,
    logger,
  });
  const documents = createDocumentsService({
    storage,
    reader,
    backgroundReader: reader,
    drawer,
    engine,
    models,
    files,
    clock,
    logger,
    settings: createSettingsService({
      repository: storage.settings,
      writeEarlySettings: () => Promise.resolve(),
      logger,
    }),
  });
  const shared = { storage, runs, documents, provider, clock, logger, resourcesFolder };
  const conversations = createConversationsService({ storage, recorder, clock });
  const { settings } = storage;
  const presets = createPresetsService({ storage, settings, systemLanguage: 'en', resourcesFolder });
  const summaries = createSummariesService({
    ...shared,
    screening: openScreening(),
    goesOnWithQueue: true,
    language: async () => await Promise.resolve('en'),
  });
  const answers = createAnswersService({
    ...shared,
    summaries,
    conversations,
    presets,
    recorder,
    engine,
    models,
    places: localPlaces,
  });
  return {
    storage,
    runs,
    documents,
    answers,
    summaries,
    kill,
    /** As the search embeds a question; documents must have been indexed. */
    embedQuestion: async (texts: readonly string[], signal: AbortSignal) => ({
      modelId: (await models.embedder()).description.id,
      vectors: await engine.embed(texts, { priority: 'interactive', signal }),
    }),
    /** A ticket for a file of the test's own. */
    ticketFor: (path: string) => {
      const ticket = createId(fileTicketSchema);
      paths.set(ticket, path);
      return ticket;
    },
    close: async () => {
      await summaries.close();
      await runs.close();
      await documents.close();
      await reader.close();
      await drawer.close();
      await engine.close();
      await storage.close();
    },
  };
}
