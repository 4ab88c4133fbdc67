import { join } from 'node:path';
import type { Services } from '../api/context.ts';
import { createInferenceEngine } from '../inference/engine-client.ts';
import { createDocumentReader } from '../parsing/create-document-reader.ts';
import { readEarlySettings, writeEarlySettings } from '../platform/early-settings.ts';
import { createLocalProvider } from '../providers/local-provider.ts';
import type { ModelProvider } from '../providers/model-provider.ts';
import { createAnswersService } from '../services/answers/create-answers-service.ts';
import { createChatService } from '../services/chat/create-chat-service.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import { createDocumentsService } from '../services/documents/create-documents-service.ts';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createModelsService } from '../services/models/create-models-service.ts';
import { createPrivacyService } from '../services/privacy/create-privacy-service.ts';
import { createAnswerRecorder } from '../services/runs/answer-recorder.ts';
import { createRunsService } from '../services/runs/create-runs-service.ts';
import { createSettingsService } from '../services/settings/create-settings-service.ts';
import { createStatusService } from '../services/status/create-status-service.ts';
import { createSummariesService } from '../services/summaries/create-summaries-service.ts';
import { AppError } from '../shared/app-error.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { App, AppOptions } from './app.ts';
import { CloseStack } from './close-stack.ts';
import { openExternalLink } from './open-external-link.ts';

/**
 * Builds every part by hand; whoever opens one registers its end on the same line, and the ends run in reverse. No process
 * but the database's thread starts here: engine and reader start with their first work. Throws AppError `storage/*`.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const ends = new CloseStack(options.platform.logger);
  try {
    const foundation = await openFoundation(options, ends);
    return serve(options, foundation, ends);
  } catch (error) {
    await ends.close();
    throw error;
  }
}

/** What the services stand on. */
type Foundation = Awaited<ReturnType<typeof openFoundation>>;

async function openFoundation(options: AppOptions, ends: CloseStack) {
  const { platform, engineLauncher, parsingLauncher, parsingWorkerPath, storageWorkerPath } = options;
  const { clock, logger, cores, folders } = platform;
  const storage = ends.add(
    'storage',
    await createStorage({ location: { kind: 'memory' }, workerPath: storageWorkerPath, clock, logger }),
    async (opened) => await opened.close(),
  );
  await endWhatWasCutShort(storage);
  const engine = ends.add(
    'engine',
    createInferenceEngine({ launcher: engineLauncher, clock, logger, cores }),
    async (opened) => await opened.close(),
  );
  const reader = ends.add(
    'reader',
    createDocumentReader({ launcher: parsingLauncher, clock, logger, workerPath: parsingWorkerPath }),
    async (opened) => await opened.close(),
  );
  const files = ends.add(
    'files',
    await createFilesService({ temporaryFolder: join(folders.temporary, 'uploads') }),
    async (opened) => await opened.close(),
  );
  const settings = createSettingsService({
    repository: storage.settings,
    // The database begins empty as long as it is in memory only.
    seed: await readEarlySettings(folders.data),
    writeEarlySettings: async (early) => await writeEarlySettings(folders.data, early),
    logger,
  });
  const conversations = createConversationsService({ storage, clock });
  return { storage, engine, reader, files, settings, conversations };
}

/** An app that was killed leaves answers and summaries that nobody writes any more. */
async function endWhatWasCutShort({ messages, summaries }: Storage): Promise<void> {
  await messages.interruptStreaming();
  await summaries.stopRunning();
}

function serve(options: AppOptions, foundation: Foundation, ends: CloseStack): App {
  const { platform } = options;
  const { engine } = foundation;
  const { services, provider } = createServices(options, foundation, ends);
  const closing = new AbortController();
  if (platform.door !== 'terminal') void warmModel(provider, options, closing.signal);
  return {
    platform,
    services,
    engine,
    context: ({ canNamePaths }) => ({
      services,
      canNamePaths,
      openExternal: async (url) => await openExternalLink(platform, url),
    }),
    close: async () => {
      closing.abort();
      await ends.close();
    },
  };
}

function createServices(options: AppOptions, foundation: Foundation, ends: CloseStack) {
  const { platform, model } = options;
  const { clock, logger } = platform;
  const { storage, engine, reader, files, settings, conversations } = foundation;
  const runs = ends.add('runs', createRunsService({ clock, logger }), async (opened) => await opened.close());
  const models = ends.add(
    'models',
    createModelsService({
      folders: platform.folders,
      settings,
      files,
      runs,
      clock,
      logger,
      ...(model === undefined ? {} : { explicitModel: model }),
    }),
    async (opened) => await opened.close(),
  );
  const provider = createLocalProvider({ engine, models, logger });
  const documents = ends.add(
    'documents',
    createDocumentsService({ storage, reader, engine, models, files, clock, logger }),
    async (opened) => await opened.close(),
  );
  const recorder = createAnswerRecorder({ runs, messages: storage.messages, clock, logger });
  const status = ends.add(
    'status',
    createStatusService({
      platform,
      keeping: 'session-only',
      engine,
      models,
      settings,
      documents,
      runs,
    }),
    (opened) => opened.close(),
  );
  const common = { storage, conversations, runs, clock, logger };
  const resourcesFolder = platform.folders.resources;
  const services: Services = {
    answers: createAnswersService({ ...common, documents, provider, recorder, engine, models, resourcesFolder }),
    chat: createChatService({ storage, conversations, provider, recorder, runs, settings }),
    conversations,
    documents,
    files,
    models,
    privacy: createPrivacyService({ ledger: storage.ledger, settings }),
    runs,
    settings,
    status,
    summaries: createSummariesService({ ...common, documents, provider, resourcesFolder }),
  };
  return { services, provider };
}

/** Long enough for the page to be drawn first; the first question then finds the model loaded. */
const warmDelayMs = 300;

async function warmModel(provider: ModelProvider, { platform }: AppOptions, signal: AbortSignal): Promise<void> {
  try {
    await platform.clock.delay(warmDelayMs, signal);
    await provider.contextTokens({ signal });
  } catch (error) {
    // The first question meets the same failure, where somebody reads it; without a model there is nothing to warm.
    const { code } = AppError.from(error);
    if (!signal.aborted && code !== 'model/none') platform.logger.warn('model-not-warmed', { code });
  }
}
