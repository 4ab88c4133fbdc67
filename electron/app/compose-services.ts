import { homedir } from 'node:os';
import type { Services } from '../api/context.ts';
import { createExportReader } from '../parsing/create-export-reader.ts';
import { createLocalProvider } from '../providers/local-provider.ts';
import type { ModelProvider } from '../providers/model-provider.ts';
import { createAnswersService } from '../services/answers/create-answers-service.ts';
import { createChatService } from '../services/chat/create-chat-service.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import { createDocumentsService } from '../services/documents/create-documents-service.ts';
import { createDraftsService } from '../services/drafts/create-drafts-service.ts';
import { createLibraryService } from '../services/library/create-library-service.ts';
import { modelIdOf } from '../services/models/hash-model-file.ts';
import { createModelsService } from '../services/models/create-models-service.ts';
import { createPresetsService } from '../services/presets/create-presets-service.ts';
import { findSecrets } from '../services/redaction/identifiers/secret-finders.ts';
import { createAnswerRecorder } from '../services/runs/answer-recorder.ts';
import { createRunsService } from '../services/runs/create-runs-service.ts';
import { createScreeningService } from '../services/screening/create-screening-service.ts';
import type { ScreeningService } from '../services/screening/screening-service.ts';
import { createSearchService } from '../services/search/create-search-service.ts';
import type { SendingSource, WaitingSource } from '../services/cloud/cloud-service.ts';
import { createStatusService } from '../services/status/create-status-service.ts';
import { createSummariesService } from '../services/summaries/create-summaries-service.ts';
import { createTitlesService } from '../services/titles/create-titles-service.ts';
import { createTransferService } from '../services/transfer/create-transfer-service.ts';
import { spokenLanguage } from '../shared/words.ts';
import { composeCatalogue, composeFit } from './compose-fit.ts';
import { composeDesktop, composePassingStorage, composeQuickAsk } from './compose-desktop.ts';
import { composeSavedStates } from './compose-saved-states.ts';
import { composeEnginePacks, composeUpdates } from './compose-updates.ts';
import { composeCloud, composeElsewhere } from './compose-cloud.ts';
import { composeDownloads, composeWayOut } from './compose-hub.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import type { Foundation } from './open-foundation.ts';

/** What stands on a foundation. */
export type Composition = { readonly services: Services; readonly provider: ModelProvider };

/** Builds every service by hand; whoever has an end is on `ends`. */
export function composeServices(options: AppOptions, foundation: Foundation, ends: CloseStack): Composition {
  const { platform } = options;
  const { clock, logger, folders } = platform;
  const { storage, engine, files, settings } = foundation;
  const resourcesFolder = folders.resources;
  const passing = composePassingStorage(options, foundation, ends);
  const runs = ends.add('runs', createRunsService({ clock, logger }), async (opened) => await opened.close());
  const fit = composeFit(options, foundation);
  const savedStates = composeSavedStates(options, foundation, ends);
  const models = composeModels(options, foundation, { runs, fit, savedStates }, ends);
  const provider = createLocalProvider({ engine, models, logger, savedStates });
  const documents = composeDocuments(options, foundation, models, ends);
  const library = composeLibrary(platform, foundation, documents, ends);
  const { egress, keys, hub } = composeWayOut(options, foundation, ends);
  const elsewhere = composeElsewhere(options, foundation, { egress, keys, passing, models, provider });
  const status = composeStatus(platform, foundation, { ...elsewhere, documents, runs }, ends);
  const recorder = composeRecorder({ runs, messages: passing.storage.messages, clock, logger }, settings);
  const conversations = ends.add('conversations', createConversationsService({ storage, recorder, clock }), (opened) =>
    opened.close(),
  );
  const presets = createPresetsService({ storage, settings, systemLanguage: platform.systemLanguage, resourcesFolder });
  const { places, cloudServices } = composeCloud(options, foundation, elsewhere, recorder);
  const common = { storage, conversations, presets, provider, places, runs, clock, logger, resourcesFolder };
  const summaries = composeSummaries(platform, foundation, { ...common, documents }, ends);
  const reading = { ...common, provider: provider.forJob('answers'), documents, summaries };
  const answers = createAnswersService({ ...reading, recorder, engine, models });
  const downloads = composeDownloads(options, foundation, { hub, models }, ends);
  const services: Services = {
    answers,
    catalogue: composeCatalogue(options, foundation, { fit, models, runs, hub }, ends),
    desktop: composeDesktop(options, { settings, status, library, documents, downloads, summaries }, ends),
    downloads,
    enginePacks: composeEnginePacks(options, foundation, egress, ends),
    fit,
    keys,
    ...cloudServices,
    chat: createChatService({ ...common, answers, recorder }),
    conversations,
    documents,
    drafts: createDraftsService({ storage }),
    files,
    library,
    models,
    presets,
    quickAsk: composeQuickAsk(options, { ...common, passing, answers, recorder }, ends),
    runs,
    savedStates,
    search: createSearchService({ storage }),
    settings,
    status,
    summaries,
    transfer: tellOfImports(
      composeTransfer(options, foundation, { ...cloudServices, presets }, ends),
      conversations.noteChange,
    ),
    updates: composeUpdates(options, foundation, { egress, runs, downloads, library, status }, ends),
  };
  composeTitles(platform, { ...common, settings, engine }, ends);
  return { services, provider };
}

/** The terminal ends with its command, before there is time for a title. */
function composeTitles(
  { door }: AppOptions['platform'],
  parts: Parameters<typeof createTitlesService>[0],
  ends: CloseStack,
): void {
  if (door === 'terminal') return;
  ends.add('titles', createTitlesService(parts), async (opened) => await opened.close());
}

/** Answers of any model are screened as they are recorded, and summaries as they are written. */
function composeScreening(settings: Foundation['settings']): ScreeningService {
  const ownWords = async (): Promise<readonly string[]> => (await settings.get()).redactedWords;
  return createScreeningService({ secrets: findSecrets, ownWords });
}

function composeRecorder(
  options: Omit<Parameters<typeof createAnswerRecorder>[0], 'screening'>,
  settings: Foundation['settings'],
) {
  return createAnswerRecorder({ ...options, screening: composeScreening(settings) });
}

function composeStatus(
  { clock }: AppOptions['platform'],
  { keeping, engine, settings }: Foundation,
  parts: Pick<Services, 'models' | 'documents' | 'runs'> & {
    readonly sending: SendingSource;
    readonly waiting: WaitingSource;
  },
  ends: CloseStack,
): Services['status'] {
  return ends.add('status', createStatusService({ ...parts, clock, keeping, engine, settings }), (opened) =>
    opened.close(),
  );
}

function composeSummaries(
  platform: AppOptions['platform'],
  { storage, settings }: Foundation,
  common: Omit<Parameters<typeof createSummariesService>[0], 'goesOnWithQueue' | 'language' | 'screening'>,
  ends: CloseStack,
): Services['summaries'] {
  return ends.add(
    'summaries',
    createSummariesService({
      ...common,
      provider: common.provider.forJob('summaries'),
      screening: composeScreening(settings),
      // The terminal ends with its command: the queue of the window waits for the window.
      goesOnWithQueue: platform.door !== 'terminal' && !storage.opened.isReadOnly,
      language: async () => spokenLanguage((await settings.get()).language, [platform.systemLanguage]),
    }),
    async (opened) => await opened.close(),
  );
}

/** What an import brought stands in the list of every window. */
function tellOfImports(transfer: Services['transfer'], noteChange: () => void): Services['transfer'] {
  return {
    ...transfer,
    import: (ticket, signal) => transfer.import(ticket, signal).finally(noteChange),
  };
}

function composeModels(
  { platform, model }: AppOptions,
  { settings, files, engine }: Foundation,
  { runs, fit, savedStates }: Pick<Services, 'runs' | 'fit' | 'savedStates'>,
  ends: CloseStack,
): Services['models'] {
  const { folders, clock, logger } = platform;
  return ends.add(
    'models',
    createModelsService({
      folders,
      settings,
      files,
      runs,
      clock,
      logger,
      fit,
      engine,
      surroundings: {
        operatingSystem: platform.operatingSystem,
        homeFolder: homedir(),
        environment: process.env,
      },
      savedStateBytes: async (sha256) => (await savedStates.usage()).byModel[modelIdOf(sha256)] ?? 0,
      ...(model === undefined ? {} : { explicitModel: model }),
    }),
    async (opened) => await opened.close(),
  );
}

function composeDocuments(
  { platform }: AppOptions,
  { storage, reader, backgroundReader, drawer, engine, files, settings }: Foundation,
  models: Services['models'],
  ends: CloseStack,
): Services['documents'] {
  const { clock, logger } = platform;
  return ends.add(
    'documents',
    createDocumentsService({
      storage,
      reader,
      backgroundReader,
      drawer,
      engine,
      models,
      files,
      settings,
      clock,
      logger,
    }),
    async (opened) => await opened.close(),
  );
}

function composeLibrary(
  platform: AppOptions['platform'],
  { storage, files, settings }: Foundation,
  documents: Services['documents'],
  ends: CloseStack,
): Services['library'] {
  return ends.add(
    'library',
    createLibraryService({ storage, documents, files, settings, platform, homeFolder: homedir() }),
    async (opened) => await opened.close(),
  );
}

function composeTransfer(
  { platform, parsingLauncher: launcher, parsingWorkerPath: workerPath }: AppOptions,
  { storage, settings, files }: Foundation,
  parts: Pick<Services, 'presets' | 'privacy'>,
  ends: CloseStack,
): Services['transfer'] {
  const { clock, logger, systemLanguage } = platform;
  const reader = ends.add(
    'exportReader',
    createExportReader({ launcher, clock, logger, workerPath }),
    async (opened) => await opened.close(),
  );
  return createTransferService({ ...parts, storage, settings, files, reader, clock, systemLanguage });
}
